import type { PriceStep } from '../../../contract/subscription-form'

const MOST_STEPS = 12
const MOST_YEN = 9_999_999

/** What the first turn's price is called on its order. */
const FIRST: Readonly<Record<PriceStep['kind'], string>> = {
  'percent-off': '初回割引',
  'yen-off': '初回割引',
  'goods-total': '初回価格',
}

type Range = readonly [from: number, to: number | null]

const RANGES: readonly (readonly [RegExp, (found: RegExpExecArray) => Range])[] = [
  [/^初回(?:のみ|だけ)?/u, () => [1, 1]],
  [/^(\d{1,3})回?目?[-~〜](\d{1,3})回目?(?:まで)?/u, ([, from, to]) => [Number(from), Number(to)]],
  [/^(\d{1,3})回目?(?:以降|から|以後|[~〜])/u, ([, from]) => [Number(from), null]],
  [/^(\d{1,3})回目?まで/u, ([, to]) => [1, Number(to)]],
  [/^(\d{1,3})回目?(?:のみ|だけ)?/u, ([, turn]) => [Number(turn), Number(turn)]],
]

const OFF = '(?:引き?|OFF|割引)'
const PERCENT = new RegExp(`^(\\d{1,3})(?:%|パーセント)${OFF}$`, 'iu')
const YEN = new RegExp(`^[¥\\\\]?([\\d,]{1,9})円?${OFF}$`, 'iu')
const TOTAL = /^(?:商品)?合計[¥\\]?([\d,]{1,9})円?$/u

const yenOf = (digits: string | undefined): number => Number(digits?.replaceAll(',', '') ?? Number.NaN)

function valueOf(text: string): Pick<PriceStep, 'kind' | 'value'> | null {
  if (text === '半額') return { kind: 'percent-off', value: 50 }
  const percent = PERCENT.exec(text)
  if (percent) return Number(percent[1]) <= 100 ? { kind: 'percent-off', value: Number(percent[1]) } : null
  const off = YEN.exec(text)
  const kind = off ? 'yen-off' : 'goods-total'
  const value = yenOf((off ?? TOTAL.exec(text))?.[1])
  return value <= MOST_YEN ? { kind, value } : null
}

function stepOf(text: string): PriceStep | null {
  const range = RANGES.flatMap(([pattern, read]) => {
    const found = pattern.exec(text)
    return found ? [{ turns: read(found), rest: text.slice(found[0].length) }] : []
  })[0] ?? { turns: [1, null] as const, rest: text }
  const value = valueOf(range.rest.replace(/^[:は]/u, ''))
  const [fromTurn, toTurn] = range.turns
  if (value === null || fromTurn < 1 || (toTurn !== null && toTurn < fromTurn)) return null
  return { fromTurn, toTurn, ...value, label: toTurn === 1 ? FIRST[value.kind] : '' }
}

/**
 * Prices of turns as files write them: 初回 50%引き; 2〜4回目 500円引き; 5回目以降 合計 3,980円. What names no turns holds for
 * all of them. A bare number says neither what is taken off nor what is left: null, as for all that cannot be read.
 */
export function priceStepsOf(written: string): PriceStep[] | null {
  const parts = written
    .normalize('NFKC')
    .split(/[;、\n]+/u)
    .map((part) => part.replace(/\s/gu, ''))
    .filter((part) => part !== '')
  const steps = parts.flatMap((part) => stepOf(part) ?? [])
  return steps.length === parts.length && steps.length <= MOST_STEPS ? steps : null
}

/** Prices of turns as they are read aloud, and as this file reads them. */
export const priceStepWords = (steps: readonly PriceStep[]): string =>
  steps
    .map(({ fromTurn, toTurn, kind, value }) => {
      const turns =
        toTurn === null
          ? `${fromTurn}回目以降`
          : toTurn === fromTurn
            ? `${fromTurn}回目`
            : `${fromTurn}〜${toTurn}回目`
      const yen = value.toLocaleString('ja-JP')
      const words = {
        'percent-off': `${value}%引き`,
        'yen-off': `${yen}円引き`,
        'goods-total': `合計${yen}円`,
      }
      return `${turns} ${words[kind]}`
    })
    .join('、')
