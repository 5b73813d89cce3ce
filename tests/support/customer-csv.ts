import { closeSync, openSync, writeSync } from 'node:fs'
import { FAMILY_NAMES, GIVEN_NAMES, TOWNS } from '../../src/main/app/sample-data/names'
import { EC_CUBE_COLUMNS, JOBS } from '../../src/main/domain/customer-csv/ec-cube'
import { PREFECTURES } from '../../src/main/domain/people/contact-fields'
import { randomFrom, type Random } from './random'

const digits = (random: Random, count: number): string =>
  Array.from({ length: count }, () => random.int(10)).join('')

/** Many towns of a country out of the few that the sample shop has. */
const CHOME = ['一丁目', '二丁目', '三丁目', '東', '西', '本町', '中央', '栄町', '緑町', '旭町']

/** One line of an EC-CUBE customer file, made from a seed: the same for the same number. */
export function customerLine(number: number, seed = 1): string {
  const random = randomFrom(seed * 1_000_003 + number)
  const [family, familyKana] = random.pick(FAMILY_NAMES)
  const [given, givenKana] = random.pick(GIVEN_NAMES)
  const town = random.pick(TOWNS)
  const phone = random.once(3)
    ? `${town.area}-${digits(random, 10 - town.area.length - 4)}-${digits(random, 4)}`
    : `0${random.pick(['7', '8', '9'])}0-${1 + random.int(9)}${digits(random, 3)}-${digits(random, 4)}`
  const sex = 1 + random.int(2)
  const job = 1 + random.int(18)
  const street = `${town.town}${random.pick(CHOME)}${1 + random.int(40)}-${1 + random.int(30)}`
  const flat = random.once(2) ? ` メゾン${random.pick(CHOME)}${101 + random.int(900)}号` : ''
  const day = `20${10 + random.int(16)}-${String(1 + random.int(12)).padStart(2, '0')}-${String(1 + random.int(28)).padStart(2, '0')}`
  const birthday = `19${40 + random.int(60)}-${String(1 + random.int(12)).padStart(2, '0')}-${String(1 + random.int(28)).padStart(2, '0')} 00:00:00`
  const note = random.once(20) ? `"電話は午前中に。\r\n""置き配"" 希望"` : ''
  return [
    number,
    family,
    given,
    familyKana,
    givenKana,
    random.once(15) ? `株式会社${family}商店` : '',
    `${town.postalCode.slice(0, 3)}-${town.postalCode.slice(3)}`,
    PREFECTURES.indexOf(town.prefecture) + 1,
    town.prefecture,
    town.city,
    street + flat,
    `c${number.toString(36)}.${digits(random, 4)}@example.jp`,
    phone,
    sex,
    sex === 1 ? '男性' : '女性',
    job,
    JOBS[job - 1],
    birthday,
    '',
    '',
    random.int(30),
    note,
    2,
    '本会員',
    `${day} 10:20:30`,
    `${day} 10:20:30`,
  ].join(',')
}

/** Writes a file of customers numbered from `from`; `change` may put another line in the place of one. */
export function writeCustomerCsv(
  path: string,
  options: {
    readonly rows: number
    readonly from?: number
    readonly seed?: number
    readonly change?: (number: number, line: string) => string
  },
): void {
  const { rows, from = 100_001, seed = 1, change = (_number, line) => line } = options
  const file = openSync(path, 'w')
  writeSync(file, `\ufeff${EC_CUBE_COLUMNS.join(',')}\r\n`)
  let block: string[] = []
  for (let at = 0; at < rows; at++) {
    block.push(change(at + 1, customerLine(from + at, seed)))
    if (block.length === 2000 || at === rows - 1) {
      writeSync(file, `${block.join('\r\n')}\r\n`)
      block = []
    }
  }
  closeSync(file)
}
