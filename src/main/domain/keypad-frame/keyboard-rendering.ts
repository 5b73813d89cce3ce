import type { LayoutOptions } from './fields'
import { parseCardData, type LayoutResult } from './layout'
import { checkBytes } from './scanner'

/** The lengths count typed characters: binary fields take two each. */
const MIN_CHARACTERS = 40
const MAX_CHARACTERS = 1200
const HEADER_CHARACTERS = 6
const TRAILER_CHARACTERS = 6
const ENHANCED_HEAD_BYTES = 7

export type KeyboardResult = LayoutResult

/**
 * Frames in what a keypad in keyboard mode typed; for diagnosis only, no card is ever taken this way.
 * Text around a frame (preamble, line ends) is skipped. Never throws.
 */
export function readKeyboardRendering(typed: string, options: LayoutOptions): KeyboardResult[] {
  const results: KeyboardResult[] = []
  let reportedUntil = 0
  let from = 0
  for (;;) {
    const start = typed.indexOf('02', from)
    if (start === -1) return results
    const { result, span } = candidateAt(typed.slice(start), options)
    from = start + (result.ok ? span : 1)
    const isStray = start < reportedUntil && !result.ok && ['length', 'incomplete'].includes(result.reason)
    if (!isStray) results.push(result)
    reportedUntil = Math.max(reportedUntil, start + span)
  }
}

function candidateAt(text: string, options: LayoutOptions): { result: KeyboardResult; span: number } {
  const refused = (reason: 'length' | 'incomplete' | 'etx' | 'lrc' | 'sum', span: number) => ({
    result: { ok: false, reason } as const,
    span,
  })
  const lengthBytes = fromHex(text.slice(2, HEADER_CHARACTERS))
  if (lengthBytes?.length !== 2) {
    const cut = text.length < HEADER_CHARACTERS && /^[\dA-F]*$/i.test(text)
    return cut ? refused('incomplete', text.length) : refused('length', 2)
  }
  const length = (lengthBytes[0] ?? 0) + (lengthBytes[1] ?? 0) * 256
  if (length < MIN_CHARACTERS || length > MAX_CHARACTERS) return refused('length', 2)
  const span = HEADER_CHARACTERS + length + TRAILER_CHARACTERS
  if (text.length < span) return refused('incomplete', text.length)
  const cardText = text.slice(HEADER_CHARACTERS, HEADER_CHARACTERS + length)
  const trailer = fromHex(text.slice(HEADER_CHARACTERS + length, span))
  const checks = checkBytes(Uint8Array.from(cardText, (character) => character.charCodeAt(0)))
  if (trailer?.[2] !== 0x03) return refused('etx', span)
  if (trailer[0] !== checks.lrc) return refused('lrc', span)
  if (trailer[1] !== checks.sum) return refused('sum', span)
  return { result: cardResult(cardText, options), span }
}

function cardResult(cardText: string, options: LayoutOptions): KeyboardResult {
  const data = fromHex(cardText) ?? enhancedToBinary(cardText)
  if (data !== null) return parseCardData(data, options)
  const type = fromHex(cardText.slice(0, 2))
  // A type that is refused anyway needs no fields; a keyed one whose fields do not add up is broken.
  const result = type === null ? null : parseCardData(type, options)
  return result !== null && !result.ok ? result : { ok: false, reason: 'structure' }
}

/** Binary card data of an enhanced frame whose clear texts were typed as they are. */
function enhancedToBinary(cardText: string): Uint8Array | null {
  let offset = ENHANCED_HEAD_BYTES * 2
  const head = fromHex(cardText.slice(0, offset))
  if (head?.length !== ENHANCED_HEAD_BYTES) return null
  const parts: Uint8Array[] = [head]
  if (((head[1] ?? 0) & 0x40) !== 0) {
    const count = fromHex(cardText.slice(offset, offset + 2))?.[0] ?? 0
    const optional = fromHex(cardText.slice(offset, offset + 2 + count * 2))
    if (optional === null) return null
    parts.push(optional)
    offset += optional.length * 2
  }
  for (const track of [0, 1, 2]) {
    if ((((head[5] ?? 0) >> track) & 1) === 0) continue
    const length = head[2 + track] ?? 0
    const characters = cardText.slice(offset, offset + length)
    parts.push(Uint8Array.from(characters, (character) => character.charCodeAt(0)))
    offset += length
  }
  const rest = fromHex(cardText.slice(offset))
  if (rest === null) return null
  parts.push(rest)
  return Uint8Array.from(parts.flatMap((part) => Array.from(part)))
}

function fromHex(text: string): Uint8Array | null {
  if (text.length % 2 !== 0 || !/^[\dA-F]*$/i.test(text)) return null
  return Uint8Array.from({ length: text.length / 2 }, (_, index) =>
    Number.parseInt(text.slice(index * 2, index * 2 + 2), 16),
  )
}
