import { PostalHeader } from './postal-file'
import { placeText } from './place-text'
import type { Town } from './town'

interface City {
  readonly prefecture: string
  readonly city: string
  readonly kana: string
  /** As addresses are compared. */
  readonly text: string
}

const LINE_END = 10
const TAB = 9
const ZERO = 48
/** Candidates that a person can still look through. */
const MOST_CANDIDATES = 20

/** A file that is not a postal file of ours. */
export class PostalFileBroken extends Error {
  override name = 'PostalFileBroken'
}

/** The postal directory in memory: bytes as they are, with the place of each line. A look-up takes microseconds. */
export class PostalBook {
  readonly header: PostalHeader
  readonly #bytes: Buffer
  readonly #cities: City[] = []
  readonly #codes: Int32Array
  readonly #starts: Uint32Array
  readonly #cityOf: Uint16Array
  #towns: { city: number; towns: readonly { text: string; town: Town }[] } | null = null

  /** Reads what `encodePostalFile` wrote. Throws `PostalFileBroken`. */
  constructor(bytes: Buffer) {
    this.#bytes = bytes
    let at = bytes.indexOf(LINE_END)
    const header = at < 0 ? null : PostalHeader.safeParse(parse(bytes.toString('utf8', 0, at)))
    if (!header?.success) throw new PostalFileBroken('header')
    this.header = header.data
    for (;;) {
      const end = bytes.indexOf(LINE_END, at + 1)
      if (end < 0) throw new PostalFileBroken('cities')
      const [prefecture = '', city = '', kana = ''] = bytes.toString('utf8', at + 1, end).split('\t')
      at = end
      if (prefecture === '') break
      this.#cities.push({ prefecture, city, kana, text: placeText(prefecture + city) })
    }
    const { towns } = this.header
    this.#codes = new Int32Array(towns)
    this.#starts = new Uint32Array(towns + 1)
    this.#cityOf = new Uint16Array(towns)
    this.#readLines(at + 1)
  }

  #readLines(from: number): void {
    const bytes = this.#bytes
    const { towns } = this.header
    let start = from
    for (let line = 0; line < towns; line++) {
      const end = bytes.indexOf(LINE_END, start)
      if (end < 0) throw new PostalFileBroken('towns')
      this.#starts[line] = start
      let at = start
      let code = 0
      for (; at < start + 7; at++) code = code * 10 + ((bytes[at] ?? 0) - ZERO)
      let city = 0
      for (at += 1; at < end && bytes[at] !== TAB; at++) city = city * 10 + ((bytes[at] ?? 0) - ZERO)
      if (city >= this.#cities.length) throw new PostalFileBroken('city')
      this.#codes[line] = code
      this.#cityOf[line] = city
      start = end + 1
    }
    this.#starts[towns] = start
  }

  #town(line: number): Town {
    const [code = '', , town = '', townKana = '', street = '', office = ''] = this.#bytes
      .toString('utf8', this.#starts[line], (this.#starts[line + 1] ?? 1) - 1)
      .split('\t')
    const city = this.#cities[this.#cityOf[line] ?? 0]
    return {
      code,
      prefecture: city?.prefecture ?? '',
      city: city?.city ?? '',
      cityKana: city?.kana ?? '',
      town,
      townKana,
      street,
      office,
    }
  }

  /** All towns of a code (seven digits); empty when no town has it. */
  lookup(code: string): Town[] {
    if (!/^\d{7}$/.test(code)) return []
    const wanted = Number(code)
    let low = 0
    let high = this.#codes.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#codes[middle] ?? 0) < wanted) low = middle + 1
      else high = middle
    }
    const towns: Town[] = []
    for (let line = low; this.#codes[line] === wanted; line++) towns.push(this.#town(line))
    return towns
  }

  #townsOf(city: number): readonly { text: string; town: Town }[] {
    if (this.#towns?.city === city) return this.#towns.towns
    const towns: { text: string; town: Town }[] = []
    for (let line = 0; line < this.#cityOf.length; line++) {
      if (this.#cityOf[line] !== city) continue
      const town = this.#town(line)
      if (town.office === '') towns.push({ text: placeText(town.town), town })
    }
    this.#towns = { city, towns }
    return towns
  }

  /**
   * Codes that an address may have: of the towns with the longest name that the address begins with, or of the city
   * as a whole when it names none. The prefecture may be missing when the city's name is the only one of its kind.
   */
  candidates(address: { prefecture: string; city: string; address: string }): Town[] {
    const wanted = placeText(address.prefecture + address.city + address.address)
    if (wanted === '') return []
    const cities = this.#cities
      .map((city, index) => ({ city, index, rest: restAfter(wanted, city) }))
      .filter((found) => found.rest !== null)
    const longest = Math.max(...cities.map(({ city }) => city.text.length))
    return cities
      .filter(({ city }) => city.text.length === longest)
      .flatMap(({ index, rest }) => this.#best(index, rest ?? ''))
      .slice(0, MOST_CANDIDATES)
  }

  #best(city: number, rest: string): Town[] {
    const towns = this.#townsOf(city).filter(({ text }) => rest.startsWith(text))
    const longest = Math.max(...towns.map(({ text }) => text.length))
    return towns.filter(({ text }) => text.length === longest).map(({ town }) => town)
  }
}

/** What an address says after the city, or null when it is of another city. */
function restAfter(wanted: string, city: City): string | null {
  if (wanted.startsWith(city.text)) return wanted.slice(city.text.length)
  const short = placeText(city.city)
  return wanted.startsWith(short) ? wanted.slice(short.length) : null
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
