/** What the pad shows and holds; pure, so that it can be tested without a window. */
export type PadStep = 'number' | 'expiry' | 'sending' | 'done'

export interface Pad {
  readonly step: PadStep
  readonly pan: string
  /** As typed: MMYY, as cards print it. */
  readonly expiry: string
  readonly message: string
}

export type PadKey = { readonly digit: string } | 'correct' | 'cancel' | 'enter'

export const NUMBER_PROMPT = 'カード番号を入力し、実行を押してください'
const EXPIRY_PROMPT = '有効期限（月・年）を入力し、実行を押してください'
const MAX_PAN = 19
const MIN_PAN = 12
const EXPIRY_DIGITS = 4

export const EMPTY_PAD: Pad = { step: 'number', pan: '', expiry: '', message: NUMBER_PROMPT }

/** The pad after a key. `sending` means: send it now, then call `answered`. */
export function press(pad: Pad, key: PadKey): Pad {
  if (pad.step === 'sending') return pad
  if (key === 'cancel') return { ...EMPTY_PAD, message: `取り消しました。${NUMBER_PROMPT}` }
  const open = pad.step === 'done' ? EMPTY_PAD : pad
  if (key === 'correct') return correct(open)
  if (key === 'enter') return pad.step === 'done' ? EMPTY_PAD : enter(open)
  return digit(open, key.digit)
}

/** Fills a card in, as far as its expiry. */
export function fill(pad: Pad, pan: string): Pad {
  return pad.step === 'sending' ? pad : { step: 'expiry', pan, expiry: '', message: EXPIRY_PROMPT }
}

/** The pad after the answer of the simulator: nothing of the card is left. */
export function answered(answer: { ok: boolean; delivered?: boolean; error?: string }): Pad {
  const message = answer.ok
    ? answer.delivered === true
      ? '送信しました'
      : '受け取る画面がありません。カード入力の画面を開いてから、もう一度どうぞ'
    : `受け付けられません（${answer.error ?? '不明'}）`
  return { step: 'done', pan: '', expiry: '', message }
}

/** YYMM, as the simulator takes it. */
export const expiryYYMM = (pad: Pad): string => pad.expiry.slice(2) + pad.expiry.slice(0, 2)

/** What stands on the display: groups as on the card. */
export function shown(pad: Pad): { number: string; expiry: string } {
  const groups = pad.pan.startsWith('3') && !pad.pan.startsWith('35') ? [4, 6, 5] : [4, 4, 4, 4, 3]
  const parts: string[] = []
  let at = 0
  for (const size of groups) {
    if (at < pad.pan.length) parts.push(pad.pan.slice(at, at + size))
    at += size
  }
  if (at < pad.pan.length) parts.push(pad.pan.slice(at))
  const [month, year] = [pad.expiry.slice(0, 2), pad.expiry.slice(2)]
  return { number: parts.join(' '), expiry: `${month.padEnd(2, '-')} / ${year.padEnd(2, '-')}` }
}

function digit(pad: Pad, value: string): Pad {
  if (!/^\d$/.test(value)) return pad
  if (pad.step === 'number') {
    return pad.pan.length < MAX_PAN ? { ...pad, pan: pad.pan + value, message: NUMBER_PROMPT } : pad
  }
  return pad.expiry.length < EXPIRY_DIGITS
    ? { ...pad, expiry: pad.expiry + value, message: EXPIRY_PROMPT }
    : pad
}

function correct(pad: Pad): Pad {
  if (pad.step === 'number') return { ...pad, pan: pad.pan.slice(0, -1), message: NUMBER_PROMPT }
  if (pad.expiry === '') return { ...pad, step: 'number', message: NUMBER_PROMPT }
  return { ...pad, expiry: pad.expiry.slice(0, -1), message: EXPIRY_PROMPT }
}

function enter(pad: Pad): Pad {
  if (pad.step === 'number') {
    return pad.pan.length < MIN_PAN
      ? { ...pad, message: '番号の桁数が足りません' }
      : { ...pad, step: 'expiry', message: EXPIRY_PROMPT }
  }
  return /^(0[1-9]|1[0-2])\d\d$/.test(pad.expiry)
    ? { ...pad, step: 'sending', message: '送信しています…' }
    : { ...pad, expiry: '', message: '有効期限は月・年の順に4桁です（例 1230）' }
}
