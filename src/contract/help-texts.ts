import { KEYPAD_MESSAGES, type KeypadMessageId } from './failures'
import { normalizeForSearch } from './text'
import { TRANSACTION_CODES, type RaisedBy } from './transaction-codes'
import { UPDATE_CODES } from './update-codes'

/** Where an entry of the help is met: a message of the screens, a reader's update, or a transaction. */
export type HelpKind = 'message' | 'update' | 'transaction'
export const HELP_KINDS: readonly HelpKind[] = ['message', 'transaction', 'update']

export interface HelpEntry {
  /** Unique over all kinds: `106` stands for two things. */
  readonly id: string
  readonly kind: HelpKind
  /** As it is shown; the four messages have none. */
  readonly code: string | null
  readonly title: string
  readonly meaning: string
  readonly action: string
  readonly say: string | null
}

interface MessageHelp {
  readonly meaning: string
  readonly action: string
  readonly say: string | null
}

const MESSAGE_HELP: Readonly<Record<KeypadMessageId, MessageHelp>> = {
  'check-service': {
    meaning:
      'このカードを使えません。利用サービスがこのカードを受け付けないか、利用サービスの設定に問題があります。',
    action:
      'ほかのカード、またはほかのお支払方法をご案内してください。どのカードでも出るときは、重要項目設定の利用サービスを管理者に確認してください。',
    say: '恐れ入ります、ただいまこちらのカードのお手続きができません。ほかのカードか、ほかのお支払方法でもよろしいでしょうか。',
  },
  'check-keypad': {
    meaning:
      'テンキーとつながらないか、設定が合っていません。ケーブル、プライベートIP、ポート番号、ほかの席での使用中などが原因です。',
    action:
      'テンキーのケーブルと電源を確認して、もう一度お試しください。直らないときは「診断」で、どこまでつながっているかを確認できます。',
    say: '恐れ入ります、カードの機械を確認しております。少しお待ちいただけますでしょうか。',
  },
  'key-again': {
    meaning:
      '入力の待ち時間を過ぎたか、テンキーからの読み取りに失敗しました。途中まで入力された番号は残っていません。',
    action: '「もう一度」を押して、テンキーからカード番号と有効期限を最初から入力してください。',
    say: '恐れ入ります、機械がうまく読み取れませんでした。もう一度カード番号をおうかがいしてもよろしいでしょうか。',
  },
  temporary: {
    meaning: '決済サービスとの通信で、一時的なエラーが起きています。入力した注文は残っています。',
    action:
      '少し待って、もう一度お試しください。続くときは「診断」の結果を添えて、お問い合わせ先に連絡してください。',
    say: '恐れ入ります、決済の確認に少しお時間をいただいております。そのままお待ちいただけますでしょうか。',
  },
}

const RAISED_BY: Readonly<Record<RaisedBy, string>> = {
  service: '決済サービスまたはカード会社の返事です。',
  desk: 'この受付の確認で止まりました。決済サービスには送られていません。',
  'never-keyed': 'カードを機械に通す取引のコードです。テンキーの入力では出ません。',
}

function entries(): HelpEntry[] {
  const messages = Object.entries(MESSAGE_HELP).map(([id, help]) => ({
    id,
    kind: 'message' as const,
    code: null,
    title: KEYPAD_MESSAGES[keypadMessageId(id)],
    ...help,
  }))
  const transactions = Object.entries(TRANSACTION_CODES).map(([code, { title, action, say, raisedBy }]) => ({
    id: `transaction-${code}`,
    kind: 'transaction' as const,
    code,
    title,
    meaning: RAISED_BY[raisedBy],
    action,
    say,
  }))
  const updates = Object.entries(UPDATE_CODES).map(([code, { title, meaning, action, say }]) => ({
    id: `update-${code}`,
    kind: 'update' as const,
    code,
    title,
    meaning,
    action,
    say,
  }))
  return [...messages, ...transactions, ...updates]
}

const isMessageId = (id: string): id is KeypadMessageId => Object.hasOwn(KEYPAD_MESSAGES, id)
function keypadMessageId(id: string): KeypadMessageId {
  if (!isMessageId(id)) throw new Error(`no message ${id}`)
  return id
}

/** The four messages, the 26 transaction codes and the 28 update codes, in this order. */
export const HELP_ENTRIES: readonly HelpEntry[] = entries()

/** The entry that a failure's code or message leads to; null when the help has none. */
export function helpTopicOf(failure: { code: string | null; message: string }): string | null {
  const found = HELP_ENTRIES.find((entry) =>
    failure.code === null
      ? entry.kind === 'message' && entry.title === failure.message
      : entry.id === `transaction-${failure.code}`,
  )
  return found?.id ?? null
}

/** Readings of the words in these texts, so that kana find them before they are converted. */
const READINGS: Readonly<Record<string, string>> = {
  暗証番号: 'アンショウバンゴウ',
  入力: 'ニュウリョク',
  番号: 'バンゴウ',
  残高: 'ザンダカ',
  不足: 'ブソク',
  限度額: 'ゲンドガク',
  利用: 'リヨウ',
  上限: 'ジョウゲン',
  金額: 'キンガク',
  更新: 'コウシン',
  通信: 'ツウシン',
  接続: 'セツゾク',
  設定: 'セッテイ',
  登録: 'トウロク',
  機器: 'キキ',
  時間: 'ジカン',
  混雑: 'コンザツ',
  取消: 'トリケシ',
  取り消: 'トリケ',
  権限: 'ケンゲン',
  期間: 'キカン',
  磁気: 'ジキ',
  非接触: 'ヒセッショク',
  有効: 'ユウコウ',
  無効: 'ムコウ',
  決済: 'ケッサイ',
  読み取: 'ヨミト',
  途中: 'トチュウ',
  応答: 'オウトウ',
  一時的: 'イチジテキ',
  確認: 'カクニン',
  受付: 'ウケツケ',
  回線: 'カイセン',
  電源: 'デンゲン',
  提供元: 'テイキョウモト',
  管理者: 'カンリシャ',
  待ち: 'マチ',
}

const wordsOf = new Map(
  HELP_ENTRIES.map((entry) => {
    const text = [entry.code ?? '', entry.title, entry.meaning, entry.action, entry.say ?? ''].join(' ')
    const readings = Object.entries(READINGS).flatMap(([word, kana]) => (text.includes(word) ? [kana] : []))
    return [entry.id, normalizeForSearch([text, ...readings].join(' '))]
  }),
)

/**
 * Entries in which every word of the text stands, whatever its width and kana; the very code first, then codes that
 * begin so, then titles, then the rest in their order. Nothing typed: all.
 */
export function searchHelp(text: string, kind: HelpKind | null): HelpEntry[] {
  const words = text
    .normalize('NFKC')
    .split(/\s+/)
    .map(normalizeForSearch)
    .filter((word) => word !== '')
  const rank = (entry: HelpEntry): number => {
    const code = normalizeForSearch(entry.code ?? '')
    const title = normalizeForSearch(entry.title)
    if (words.includes(code)) return 0
    if (words.some((word) => code.startsWith(word))) return 1
    return words.every((word) => title.includes(word)) ? 2 : 3
  }
  return HELP_ENTRIES.filter(
    (entry) =>
      (kind === null || entry.kind === kind) &&
      words.every((word) => wordsOf.get(entry.id)?.includes(word) ?? false),
  )
    .map((entry, at) => ({ entry, at, rank: words.length === 0 ? 0 : rank(entry) }))
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .map(({ entry }) => entry)
}
