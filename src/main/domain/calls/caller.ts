import { normalizePhone } from '../../../contract/text'
import { MAX_COPIED, type CallerKind } from '../../../contract/calls'

/** Who rings, as far as the telephone tells: a number, or why there is none. */
export interface Caller {
  readonly kind: CallerKind
  /** Digits in the domestic form; empty without a number. */
  readonly phone: string
}

/** Longest text that is looked at, in characters. */
const MAX_TEXT = 64

/** What telephones say instead of a number: words, and the letters of NTT's ナンバー・ディスプレイ (P, C, O, S). */
const WORDS: Readonly<Record<string, Exclude<CallerKind, 'number'>>> = {
  非通知: 'withheld',
  非通知設定: 'withheld',
  ヒツウチ: 'withheld',
  anonymous: 'withheld',
  withheld: 'withheld',
  private: 'withheld',
  restricted: 'withheld',
  p: 'withheld',
  公衆電話: 'payphone',
  payphone: 'payphone',
  coin: 'payphone',
  c: 'payphone',
  表示圏外: 'out-of-area',
  圏外: 'out-of-area',
  'out-of-area': 'out-of-area',
  unavailable: 'out-of-area',
  unknown: 'out-of-area',
  o: 'out-of-area',
  s: 'out-of-area',
  '': 'none',
}

/** Digits of any width with what stands between them: hyphens and dashes of any kind, brackets, dots, spaces. */
const NUMBER = /^\+?[0-9()\-\u2010-\u2015\u2212ー.\s]+$/u

/** 81 in front of a number without its 0: the exchange left the plus out. */
const domestic = (digits: string): string =>
  /^81[1-9]\d{8,9}$/.test(digits) ? `0${digits.slice(2)}` : digits

/** Reads what a telephone tells of its caller, in any width, with or without +81. Null: this is no caller. */
export function readCaller(text: string): Caller | null {
  if (text.length > MAX_TEXT) return null
  const plain = text.normalize('NFKC').trim().replace(/^tel:/iu, '')
  const kind = Object.hasOwn(WORDS, plain.toLowerCase()) ? WORDS[plain.toLowerCase()] : undefined
  if (kind !== undefined) return { kind, phone: '' }
  if (!NUMBER.test(plain)) return null
  const phone = domestic(normalizePhone(plain))
  return /^\d{3,15}$/.test(phone) ? { kind: 'number', phone } : null
}

/** A whole domestic number and nothing else, as a softphone copies it. Anything else on the clipboard is nobody's business. */
export function readCopiedNumber(text: string): Caller | null {
  if (text.length > MAX_COPIED) return null
  const caller = readCaller(text)
  return caller !== null && /^0\d{9,10}$/.test(caller.phone) ? caller : null
}

/** 090-••••-••78 in digits: the last two are enough to know the call again, and too few to know the caller. */
export const maskPhone = (phone: string): string =>
  '•'.repeat(Math.max(phone.length - 2, 0)) + phone.slice(-2)
