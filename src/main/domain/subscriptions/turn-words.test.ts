import { describe, expect, test } from 'vitest'
import { passedOverWords, turnWords, type TurnFact } from './turn-words'

const TODAY = '2026-11-28'
const words = (fact: Partial<TurnFact> & Pick<TurnFact, 'kind'>) =>
  turnWords(
    {
      turn: 3,
      orderNumber: null,
      deliverOn: null,
      code: null,
      retryOn: null,
      attention: null,
      again: false,
      ...fact,
    },
    TODAY,
  )

describe('lines of the history about turns', () => {
  test('an order names its number and its day', () => {
    expect(words({ kind: 'turn-ordered', orderNumber: 100_345, deliverOn: '2026-12-10' })).toBe(
      '3回目の注文を作成しました(注文 100345、12月10日(木)お届け)',
    )
    expect(words({ kind: 'turn-ordered' })).toBe('3回目の注文を作成しました')
  })

  test('a refusal says its code and what comes next', () => {
    expect(words({ kind: 'turn-declined', code: '102', retryOn: '2026-11-29' })).toBe(
      '3回目の与信が承認されませんでした(コード 102)。11月29日(日)に再与信します',
    )
    expect(words({ kind: 'turn-declined', code: '101', attention: 'card-refused' })).toBe(
      '3回目の与信が承認されませんでした(コード 101)。要対応に入りました(このカードでは再試行しません)',
    )
    expect(words({ kind: 'turn-declined', again: true })).toBe(
      '3回目の再与信が承認されませんでした。要対応に入りました',
    )
  })

  test('an approval behind a refusal is a recovery', () => {
    expect(words({ kind: 'turn-authorized' })).toBe('3回目の与信が承認されました')
    expect(words({ kind: 'turn-authorized', again: true })).toBe(
      '3回目の再与信が承認され、決済エラーから回復しました',
    )
  })

  test('a turn that was given up and a date that was passed over', () => {
    expect(words({ kind: 'turn-given-up', code: '110' })).toBe(
      '3回目の与信が最後まで承認されず、この回を不成立にしました(コード 110)',
    )
    expect(passedOverWords('2026-11-10', true, TODAY)).toBe(
      '11月10日(火)分はスキップのため、お届けしませんでした',
    )
    expect(passedOverWords('2026-11-10', false, TODAY)).toBe(
      '11月10日(火)分は停止中のため、お届けしませんでした',
    )
  })
})
