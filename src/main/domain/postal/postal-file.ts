import { z } from 'zod'
import type { Town } from './town'

/** What a postal file says of itself, in its first line. */
export const PostalHeader = z.object({
  format: z.literal(1),
  /** Where the rows come from, for people. */
  source: z.string().max(200),
  /** Plain date of the source. */
  date: z.iso.date(),
  towns: z.int().min(0),
  codes: z.int().min(0),
})
export type PostalHeader = z.infer<typeof PostalHeader>

const byCode = (one: Town, other: Town) => (one.code < other.code ? -1 : one.code > other.code ? 1 : 0)
const plain = (text: string) => text.replaceAll(/[\t\n\r]/g, ' ')

/**
 * The text that `PostalBook` reads: a header, the cities, an empty line, then a line for each town in the order of the
 * codes, which names its city by its place. Equal lines are written once.
 */
export function encodePostalFile(
  towns: readonly Town[],
  about: { source: string; date: string },
): { header: PostalHeader; text: string } {
  const cities = new Map<string, number>()
  const lines: string[] = []
  const codes = new Set<string>()
  for (const town of towns.toSorted(byCode)) {
    const city = [town.prefecture, town.city, town.cityKana].map(plain).join('\t')
    const place = cities.get(city) ?? cities.size
    cities.set(city, place)
    const office = town.street === '' && town.office === '' ? [] : [town.street, town.office]
    const line = [town.code, String(place), ...[town.town, town.townKana, ...office].map(plain)].join('\t')
    if (lines.at(-1) === line) continue
    lines.push(line)
    codes.add(town.code)
  }
  const header: PostalHeader = { format: 1, ...about, towns: lines.length, codes: codes.size }
  return { header, text: [JSON.stringify(header), ...cities.keys(), '', ...lines, ''].join('\n') }
}
