import { KEYPAD_MESSAGES, type Failure, type KeypadMessageId, type NextStep } from '../../contract/failures'
import { TRANSACTION_CODES, isTransactionCode } from '../../contract/transaction-codes'
import type { FrameRefusal, KeypadHolder, KeypadTrouble } from '../devices/keypad.port'
import type { ServiceTrouble } from '../gateways/payment-service.port'

/** Everything that can go wrong between the keypad and the order, by its internal name. */
export type FailureCause =
  | KeypadTrouble
  | FrameRefusal
  | `service-${ServiceTrouble['cause']}`
  | 'keypad-off'
  | 'keypad-stopped'
  | 'contract-not-applied'
  | 'contract-stopped'
  | 'keypad-in-use'
  | 'entry-timeout'
  | 'tokenize-timeout'
  | 'service-not-set-up'
  | 'simulator-in-production'
  | 'card-of-other-service'
  | 'card-blocked'
  | 'result-unknown'
  | 'never-booked'
  | 'void-pending'
  | 'order-changed'

interface Words {
  readonly message: KeypadMessageId | { readonly sentence: string }
  readonly action: string
  readonly say: string | null
  readonly next: NextStep
}

const SAY_AGAIN =
  '恐れ入ります、機械がうまく読み取れませんでした。もう一度カード番号をおうかがいしてもよろしいでしょうか。'
const SAY_WAIT =
  '恐れ入ります、決済の確認に少しお時間をいただいております。そのままお待ちいただけますでしょうか。'
const SAY_OTHER =
  '恐れ入ります、ただいまカードのお手続きができない状況です。ほかのお支払方法でもよろしいでしょうか。'

const cable = (action: string, next: NextStep = 'check-keypad'): Words => ({
  message: 'check-keypad',
  action,
  say: null,
  next,
})
const again = (action: string): Words => ({ message: 'key-again', action, say: SAY_AGAIN, next: 'key-again' })
const refused = (action: string): Words => ({
  message: 'check-service',
  action,
  say: SAY_OTHER,
  next: 'other-card-or-method',
})
const device = (action: string): Words => ({
  message: 'check-keypad',
  action,
  say: SAY_OTHER,
  next: 'ask-admin',
})
const later = (action: string, next: NextStep = 'try-again'): Words => ({
  message: 'temporary',
  action,
  say: SAY_WAIT,
  next,
})

/** One table: every internal cause → message of the help page → what to do → words to say. */
const WORDS: Readonly<Record<FailureCause, Words>> = {
  'keypad-off': device(
    'テンキーパッド入力がOFFです。ほかのお支払方法を選ぶか、管理者に設定(重要項目設定)を依頼してください。',
  ),
  'keypad-stopped': device(
    '使用停止のテンキーです。キー入力されたカードの情報は破棄しました。ほかのテンキーを使うか、管理者に連絡してください。',
  ),
  'contract-not-applied': device(
    'テンキーサービスが未申込のため、カードの新しい入力はできません。ほかのお支払方法を選ぶか、管理者に申込(設定 > オプション申込)を依頼してください。',
  ),
  'contract-stopped': device(
    'テンキーサービスが停止中のため、カードの新しい入力はできません。ほかのお支払方法を選ぶか、管理者に再申込(設定 > オプション申込)を依頼してください。',
  ),
  'keypad-in-use': cable(
    'テンキーがほかの席で使用中です。使用が終わるのを待って、もう一度お試しください。',
    'try-again',
  ),
  'not-found': cable('テンキーが見つかりません。USBケーブルを確認して、もう一度お試しください。'),
  'keyboard-mode': device(
    'テンキーがキーボードモードです。カード番号がほかの画面に入るおそれがあるため使用できません。管理者に連絡してください。',
  ),
  busy: cable(
    'テンキーをほかのプログラムが使用しています。そのプログラムを終了して、もう一度お試しください。',
  ),
  'not-encrypting': device('テンキーが暗号化の状態にありません。使用を中止して、管理者に連絡してください。'),
  'keys-exhausted': device('テンキーの暗号鍵を使い切りました。交換が必要です。提供元に連絡してください。'),
  'permission-denied': device(
    'このパソコンでテンキーを使う権限がありません。管理者に連絡してください(手順は 設定 > 重要項目設定 の「接続テスト」)。',
  ),
  'relay-refused': cable(
    'テンキー中継(プライベートIPとポート番号)につながりません。中継プログラムの起動とポート番号を確認してください。',
  ),
  'relay-unreachable': cable(
    'テンキー中継のパソコンに届きません。電源、LANケーブル、プライベートIPを確認してください。',
  ),
  'relay-protocol': device(
    '接続先がテンキー中継ではないようです。プライベートIPとポート番号を管理者に確認してください。',
  ),
  'relay-pairing': device('テンキー中継との組み合わせ(ペアリング)が一致しません。管理者に連絡してください。'),
  'relay-pairing-locked': device(
    'ペアリングコードの誤りが続いたため、テンキー中継が接続を止めています。管理者に連絡してください。',
  ),
  'certificate-changed': device(
    'テンキー中継の証明書が登録時と異なります。使用を中止して、管理者に連絡してください。',
  ),
  'tls-required': device(
    'このパソコンの外にあるテンキー中継には、証明書を使った接続が必要です。管理者に連絡してください。',
  ),
  'simulator-refused': device('接続先は練習用のテンキーです。本番では使えません。管理者に連絡してください。'),
  'not-recorded': again(
    '受信の記録ができなかったため、入力を破棄しました。もう一度テンキーから入力してください。',
  ),
  'address-not-private': device(
    'プライベートIPに社外のアドレスが設定されています。管理者に連絡してください。',
  ),
  unplugged: cable(
    '入力中にテンキーの接続が切れました。ケーブルを確認して、もう一度カードを入力してください。',
  ),
  length: again('読み取りに失敗しました。もう一度テンキーから入力してください。'),
  incomplete: again('データが途中で切れました。もう一度テンキーから入力してください。'),
  etx: again('読み取りに失敗しました。もう一度テンキーから入力してください。'),
  lrc: again('読み取りに失敗しました。もう一度テンキーから入力してください。'),
  sum: again('読み取りに失敗しました。もう一度テンキーから入力してください。'),
  structure: again('読み取りに失敗しました。もう一度テンキーから入力してください。'),
  replay: again('同じ入力がもう一度届いたため無効にしました。もう一度テンキーから入力してください。'),
  swipe: again('カードの読み取り(スワイプ)は使えません。カード番号をテンキーのキーで入力してください。'),
  'card-type': again('この入力方法には対応していません。カード番号をテンキーのキーで入力してください。'),
  'fixed-key': device('テンキーの暗号方式に対応していません。管理者に連絡してください。'),
  'session-id': device('テンキーの設定に対応していません。管理者に連絡してください。'),
  'encryption-type': device('テンキーの暗号方式に対応していません。管理者に連絡してください。'),
  'clear-digits': device(
    '暗号化されていない番号を送るテンキーです。ただちに使用を中止して、管理者に連絡してください。',
  ),
  'not-encrypted': device('暗号化しないテンキーです。ただちに使用を中止して、管理者に連絡してください。'),
  'entry-timeout': again('入力の待ち時間を過ぎました。もう一度テンキーから入力してください。'),
  'tokenize-timeout': again(
    'カード情報の確認に時間がかかったため、入力を破棄しました。もう一度テンキーから入力してください。',
  ),
  'service-refused': later('決済サービスにつながりません。少し待って、もう一度お試しください。'),
  'service-unreachable': later(
    '決済サービスにつながりません。ネットワークを確認して、もう一度お試しください。',
  ),
  'service-certificate': later(
    '決済サービスの証明書を確認できません。管理者に連絡してください。',
    'ask-admin',
  ),
  'service-rejected': later(
    '決済サービスに接続を断られました。加盟店キーの設定を管理者に確認してください。',
    'ask-admin',
  ),
  'service-busy': later('決済サービスが混み合っています。少し待って、もう一度お試しください。'),
  'service-timeout': later('決済サービスの応答がありません。少し待って、もう一度お試しください。'),
  'service-cut': later('決済サービスとの通信が途中で切れました。もう一度お試しください。'),
  'service-server-error': later('決済サービスでエラーが起きています。少し待って、もう一度お試しください。'),
  'service-garbage': later('決済サービスの応答を読み取れません。続くときは管理者に連絡してください。'),
  'service-not-set-up': refused(
    '利用サービスが設定されていません。ほかのお支払方法を選ぶか、管理者に設定を依頼してください。',
  ),
  'simulator-in-production': refused('本番では練習用の決済サービスを使えません。管理者に連絡してください。'),
  'card-of-other-service': refused(
    'このカードは以前の利用サービスで登録されたものです。テンキーから入力し直してください。',
  ),
  'card-blocked': {
    message: { sentence: 'このお客様のカード払いは停止しています。' },
    action:
      'カードの失敗が続いたため、カードでのお支払いとカードの登録を受け付けていません。ほかのお支払方法をご案内してください。解除は管理者に依頼してください(顧客詳細)。',
    say: SAY_OTHER,
    next: 'ask-admin',
  },
  'result-unknown': {
    message: { sentence: '与信の結果を確認できていません(結果不明)。' },
    action:
      '「照会」で結果を確認してください。結果がわかるまで、この注文で新しい与信はかけられません。二重の請求にはなりません。',
    say: SAY_WAIT,
    next: 'wait-and-inquire',
  },
  'never-booked': {
    message: { sentence: '与信はかかっていませんでした。' },
    action: '決済サービスに記録がないことを確認しました。もう一度「確認画面に進む」を押してください。',
    say: null,
    next: 'try-again',
  },
  'void-pending': {
    message: { sentence: '前の与信の取消を確認しています。' },
    action: '取消が確認できるまで、新しい与信はかけられません。「照会」で確認してください。',
    say: SAY_WAIT,
    next: 'wait-and-inquire',
  },
  'order-changed': {
    message: { sentence: '確認画面を開いた後に、内容または価格が変わりました。' },
    action: 'もう一度「確認画面に進む」を押して、変わった内容をお客様にお伝えください。',
    say: '恐れ入ります、ご注文内容をもう一度確認させてください。',
    next: 'try-again',
  },
}

const KEPT = '入力した内容はすべて保存されています。'

/** The failure that an operator sees for an internal cause. */
export function failureOf(cause: FailureCause): Failure {
  const words = WORDS[cause]
  const message = typeof words.message === 'string' ? KEYPAD_MESSAGES[words.message] : words.message.sentence
  return { cause, code: null, message, action: words.action, kept: KEPT, say: words.say, next: words.next }
}

/** The keypad is in use, with who has it. */
export const inUseBy = ({ operator, seat }: KeypadHolder): Failure => ({
  ...failureOf('keypad-in-use'),
  action: `テンキー使用中: ${operator}(${seat})。使用が終わるのを待って、もう一度お試しください。`,
})

/** The failure for a transaction code of a service; one that the desk does not know is shown as 999 with its code. */
export function declineOf(code: string): Failure {
  const known = TRANSACTION_CODES[isTransactionCode(code) ? code : '999']
  return {
    cause: 'declined',
    code,
    message: known.title,
    action: known.action,
    kept: KEPT,
    say: known.say,
    next: known.retry ? 'try-again' : 'other-card-or-method',
  }
}

export const ALL_CAUSES = Object.keys(WORDS)
