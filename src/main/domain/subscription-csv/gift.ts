import type { Gift, Noshi } from '../../../contract/shipments'
import type { Cells } from './cells'

const CORDS: readonly (readonly [RegExp, Noshi['cord']])[] = [
  [/黒|弔|仏|mourning/i, 'mourning'],
  [/結び?切|knot/i, 'knot'],
  [/蝶|花結|bow/i, 'bow'],
]

const NONE = /^(無|なし|不要|しない|0|×|-)/u
const LONGEST_TITLE = 20
const LONGEST_NAME = 30
const MOST_NAMES = 3

function cordOf(cells: Cells): Noshi['cord'] {
  const text = cells.plain('noshiCord')
  const known = CORDS.find(([pattern]) => pattern.test(text))?.[1]
  if (text !== '' && known === undefined)
    cells.refuse(
      `水引「${text.slice(0, 20)}」は「蝶結び」「結び切り」「黒白結び切り」のどれかにしてください。`,
    )
  return known ?? 'bow'
}

function namesOf(cells: Cells): string[] {
  const names = cells
    .text('noshiName')
    .split(/[、;；\n]+/u)
    .map((name) => name.trim())
    .filter((name) => name !== '')
  if (names.length > MOST_NAMES) cells.refuse(`のしの名入れは${MOST_NAMES}名までです。`)
  if (names.some((name) => name.length > LONGEST_NAME))
    cells.refuse(`のしの名入れが${LONGEST_NAME}文字を超えています。`)
  return names
}

function noshiOf(cells: Cells): Noshi | null {
  const title = cells.text('noshiTitle')
  if (NONE.test(title)) return null
  const names = namesOf(cells)
  if (title === '' && names.length === 0 && cells.plain('noshiCord') === '') return null
  if (title === '') cells.refuse('のしの表書きがありません。')
  if (title.length > LONGEST_TITLE) cells.refuse(`のしの表書きが${LONGEST_TITLE}文字を超えています。`)
  const place = cells.plain('noshiPlace').includes('外') ? 'outer' : 'inner'
  return { cord: cordOf(cells), title, names, place }
}

/** のし, wrapping, bag and message of every turn. */
export const giftOf = (cells: Cells): Gift => ({
  noshi: noshiOf(cells),
  wrapping: cells.flag('wrapping', '包装'),
  bag: cells.flag('bag', '手提げ袋'),
  message: cells.short('message', 'メッセージ', 200),
})
