import type { Carrier } from '../../../contract/delivery'
import type { LineFault, TypedAddress } from '../../../contract/postal'

/**
 * Full-width characters that each part of an address may have on a label. ヤマト B2クラウド: address 4 + 12 + 16, building 16,
 * name 16. 佐川 e飛伝Ⅲ: 16 a line, prefecture and city share one. 日本郵便: the same 16, because no narrower line is known.
 */
const WIDTHS: Readonly<Record<Carrier, Readonly<Record<LineFault['field'], number>>>> = {
  yamato: { prefecture: 4, city: 12, address: 16, building: 16, name: 16 },
  sagawa: { prefecture: 4, city: 16, address: 16, building: 16, name: 16 },
  'japan-post': { prefecture: 4, city: 16, address: 16, building: 16, name: 16 },
}

const HALF_WIDTH = /^[\u0020-\u007e\uff61-\uff9f]$/u

/** Width of a text in half-width characters: ASCII and half-width kana count 1, everything else 2. */
export const halfWidths = (text: string): number => {
  let width = 0
  for (const character of text.normalize('NFC')) width += HALF_WIDTH.test(character) ? 1 : 2
  return width
}

/** The text as far as it fits into so many full-width characters, and the rest. */
export function cutAt(text: string, limit: number): { printed: string; cutOff: string } {
  let width = 0
  let end = 0
  for (const character of text) {
    width += halfWidths(character)
    if (width > limit * 2) break
    end += character.length
  }
  return { printed: text.slice(0, end), cutOff: text.slice(end) }
}

/** What is left for a field: at 佐川 and 日本郵便 the city shares its line with the prefecture. */
const textOf = (carrier: Carrier, address: TypedAddress, field: LineFault['field']): string =>
  field === 'city' && carrier !== 'yamato' ? address.prefecture + address.city : address[field]

const FIELDS = ['prefecture', 'city', 'address', 'building', 'name'] as const

/** The parts of an address that the carrier's label would cut off. */
export function lineFaults(carrier: Carrier, address: TypedAddress): LineFault[] {
  return FIELDS.flatMap((field) => {
    const text = textOf(carrier, address, field)
    const limit = WIDTHS[carrier][field]
    const over = halfWidths(text) / 2 - limit
    return over > 0 ? [{ field, limit, over, ...cutAt(text, limit) }] : []
  })
}

/** Where the 番地 ends and a building begins: behind a space, or behind the last number of the 番地. */
function buildingStart(address: string): number | null {
  const space = /^(.*\d\S*)[\s\u3000]+(?=\S)/u.exec(address.normalize('NFKC'))
  if (space && address.normalize('NFKC').length === address.length) return space[0].length
  const number = /^(.*?[0-9０-９](?:[0-9０-９の丁目番地号‐－−ー\-—–]*))(?=[^0-9０-９])/u.exec(address)
  return number?.[1] === undefined ? null : number[1].length
}

/**
 * 町名・番地 and building so that both fit, by moving the name of the building behind the 番地; null when the address fits
 * already or nothing can be moved.
 */
export function suggestMove(
  carrier: Carrier,
  address: TypedAddress,
): { address: string; building: string } | null {
  const { address: limit, building: room } = WIDTHS[carrier]
  if (halfWidths(address.address) <= limit * 2) return null
  const start = buildingStart(address.address)
  if (start === null || start >= address.address.length) return null
  const kept = address.address.slice(0, start).trimEnd()
  const building = [address.address.slice(start).trim(), address.building.trim()].filter(Boolean).join(' ')
  if (halfWidths(kept) > limit * 2 || halfWidths(building) > room * 2) return null
  return { address: kept, building }
}
