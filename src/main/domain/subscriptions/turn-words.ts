import { dateWords } from './words'

/** What the run or an inquiry did with a turn, as its line of the history tells it. */
export interface TurnFact {
  readonly kind: 'turn-ordered' | 'turn-authorized' | 'turn-declined' | 'turn-not-booked' | 'turn-given-up'
  readonly turn: number
  readonly orderNumber: number | null
  readonly deliverOn: string | null
  /** Transaction code of a refusal. */
  readonly code: string | null
  /** The day of the next try. */
  readonly retryOn: string | null
  readonly attention: string | null
  /** It was refused before. */
  readonly again: boolean
}

/** 要対応 in words. */
const ATTENTION: Readonly<Record<string, string>> = {
  'card-expired': 'カードの有効期限が切れています',
  'card-refused': 'このカードでは再試行しません',
  'card-blocked': 'カード利用停止中のお客様です',
  'no-card': '使えるカードが登録されていません',
  'off-sale': '販売を終了した商品があります',
}

function declinedWords({ turn, code, retryOn, attention, again }: TurnFact, today: string): string {
  const what = `${turn}回目の${again ? '再与信' : '与信'}が承認されませんでした${code ? `(コード ${code})` : ''}。`
  if (retryOn !== null) return `${what}${dateWords(retryOn, today)}に再与信します`
  const why = attention === null ? undefined : ATTENTION[attention]
  return why === undefined ? `${what}要対応に入りました` : `${what}要対応に入りました(${why})`
}

/** One line of the history about a turn. */
export function turnWords(fact: TurnFact, today: string): string {
  const { turn, orderNumber, deliverOn, again } = fact
  switch (fact.kind) {
    case 'turn-ordered': {
      const details = [
        ...(orderNumber === null ? [] : [`注文 ${orderNumber}`]),
        ...(deliverOn === null ? [] : [`${dateWords(deliverOn, today)}お届け`]),
      ].join('、')
      return `${turn}回目の注文を作成しました${details === '' ? '' : `(${details})`}`
    }
    case 'turn-authorized':
      return again
        ? `${turn}回目の再与信が承認され、決済エラーから回復しました`
        : `${turn}回目の与信が承認されました`
    case 'turn-declined':
      return declinedWords(fact, today)
    case 'turn-not-booked':
      return `${turn}回目の与信は、決済サービスに記録がないことを照会で確認しました。次の受注作成で再度与信します`
    case 'turn-given-up':
      return `${turn}回目の与信が最後まで承認されず、この回を不成立にしました${fact.code ? `(コード ${fact.code})` : ''}`
  }
}

/** A date of the rule on which nothing was sent. */
export const passedOverWords = (ruleDate: string, isSkip: boolean, today: string): string =>
  `${dateWords(ruleDate, today)}分は${isSkip ? 'スキップ' : '停止中'}のため、お届けしませんでした`
