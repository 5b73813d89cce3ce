import { Refused, type LayoutOptions, type ParsedFrame } from './fields'
import { parseKeyedEnhanced } from './keyed-enhanced'
import { parseKeyedOriginal } from './keyed-original'
import type { FrameRefusal } from './reading'

export type LayoutResult =
  | { readonly ok: true; readonly parsed: ParsedFrame }
  | { readonly ok: false; readonly reason: FrameRefusal }

/** Card encode types of a magnetic stripe: ISO/ABA, AAMVA, other, raw; original and enhanced. */
const SWIPE_TYPES = new Set([0x00, 0x01, 0x03, 0x04, 0x80, 0x81, 0x83, 0x84])
const KEYED_ENHANCED = 0xc0
const KEYED_ORIGINAL = 0x85

/** Fields of checked card data (binary rendering); the reason when it is not a keyed card that encrypts. */
export function parseCardData(data: Uint8Array, options: LayoutOptions): LayoutResult {
  try {
    return { ok: true, parsed: byType(data, options) }
  } catch (error) {
    if (error instanceof Refused) return { ok: false, reason: error.reason }
    throw error
  }
}

function byType(data: Uint8Array, options: LayoutOptions): ParsedFrame {
  const type = data[0]
  if (type === KEYED_ENHANCED) return parseKeyedEnhanced(data, options)
  if (type === KEYED_ORIGINAL) return parseKeyedOriginal(data)
  throw new Refused(type !== undefined && SWIPE_TYPES.has(type) ? 'swipe' : 'card-type')
}
