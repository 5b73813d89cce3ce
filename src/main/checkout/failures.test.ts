import { describe, expect, it } from 'vitest'
import { KEYPAD_MESSAGES } from '../../contract/failures'
import { ALL_CAUSES, declineOf, failureOf, type FailureCause } from './failures'

/** The messages of the keypad's help page, letter for letter. */
const HELP_PAGE = [
  'クレジットカードの利用サービスを確認ください。',
  'テンキーパッドの接続状況や設定を確認ください。',
  'もう一度テンキーパッドからクレジットカード情報を入力ください。',
  '一時的なエラーが発生しました。不便をおかけし申し訳ございません。しばらく時間をおいても、改善されない場合にはお問い合わせフォームよりお問い合わせください。',
]

const isCause = (word: string): word is FailureCause => ALL_CAUSES.includes(word)
const told = ALL_CAUSES.filter(isCause).map(failureOf)

describe('what an operator is told', () => {
  it('uses the four messages of the help page word for word, and each for something', () => {
    expect(Object.values(KEYPAD_MESSAGES)).toEqual(HELP_PAGE)
    for (const message of HELP_PAGE) {
      expect(
        told.some((failure) => failure.message === message),
        message,
      ).toBe(true)
    }
  })

  it('says for every cause what to do and what was kept', () => {
    for (const failure of [...told, declineOf('203'), declineOf('unheard-of')]) {
      expect(failure.action, failure.cause).not.toBe('')
      expect(failure.kept, failure.cause).not.toBe('')
    }
  })
})
