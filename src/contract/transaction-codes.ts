/** Who can raise a code: the payment service, the desk's own checks, or nobody for a card keyed by phone. */
export type RaisedBy = 'service' | 'desk' | 'never-keyed'

export interface TransactionCode {
  readonly title: string
  readonly raisedBy: RaisedBy
  /** What the operator does now. */
  readonly action: string
  /** Words to say to the caller; they disclose nothing of the card or its holder. */
  readonly say: string
  /** The same card may be tried again. */
  readonly retry: boolean
  /** Trying again later is pointless: a recurring charge goes straight to 要対応. */
  readonly hard: boolean
}

const OTHER =
  '恐れ入ります、こちらのカードではお手続きができませんでした。ほかのカード、またはほかのお支払方法をお願いできますでしょうか。'
const OTHER_METHOD =
  '恐れ入ります、ただいまカードのお手続きができない状況です。ほかのお支払方法でもよろしいでしょうか。'
const WAIT = '恐れ入ります、ただいま決済の受付が混み合っております。少しお時間をいただけますでしょうか。'
const AGAIN =
  '恐れ入ります、うまくお手続きできませんでした。もう一度カード番号をおうかがいしてもよろしいでしょうか。'
const STAFF = '確認のうえ、折り返しご連絡いたします。'

const OTHER_CARD =
  'ほかのカード、またはほかのお支払方法をご案内してください。理由はカード会社からお客様にだけ知らされます。'
const NOT_KEYED = '電話でのカード入力では発生しません。表示されたときは管理者に連絡してください。'

const declined = (title: string, more: Partial<TransactionCode> = {}): TransactionCode => ({
  title,
  raisedBy: 'service',
  action: OTHER_CARD,
  say: OTHER,
  retry: false,
  hard: false,
  ...more,
})
const neverKeyed = (title: string): TransactionCode =>
  declined(title, { raisedBy: 'never-keyed', action: NOT_KEYED })
const cannotCancel = (title: string, action: string): TransactionCode =>
  declined(title, { action, say: STAFF })

/** The 26 transaction codes, with the sentences of this desk. */
export const TRANSACTION_CODES = {
  '101': declined('このカードは利用できません。', { hard: true }),
  '102': declined('カードの利用限度額を超えています。', {
    action: 'ほかのカードやお支払方法をご案内するか、ご注文の金額を減らしてください。',
  }),
  '103': neverKeyed('磁気ストライプを読み取れません。'),
  '104': neverKeyed('ICチップを読み取れません。'),
  '106': declined('カードの暗証番号が一致しません。', {
    raisedBy: 'never-keyed',
    action: NOT_KEYED,
    hard: true,
  }),
  '107': neverKeyed('非接触(タッチ)の決済に対応していないカードです。'),
  '108': neverKeyed('クレジットのIC取引で処理する必要があります。'),
  '109': declined('カードの暗証番号がロックされています。', {
    raisedBy: 'never-keyed',
    action: NOT_KEYED,
    hard: true,
  }),
  '110': declined('残高不足など、お客様側の事情で利用できません。'),
  '111': declined('利用できる金額の上限を超えています。', {
    action: 'ほかのカードやお支払方法をご案内するか、ご注文の金額を減らしてください。',
  }),
  '201': declined('このカードブランドは取り扱っていません。', {
    action: '取り扱いのあるブランドのカード、またはほかのお支払方法をご案内してください。',
    say: '恐れ入ります、こちらのカード会社のお取り扱いがございません。ほかのカードをお持ちでしょうか。',
    hard: true,
  }),
  '202': declined('カード会社のセンターが混雑しているか、メンテナンス中です。', {
    action: '少し待って、もう一度「確認画面に進む」を押してください。',
    say: WAIT,
    retry: true,
  }),
  '203': declined('カード情報を読み取れませんでした。', {
    action: 'もう一度テンキーからカード番号と有効期限を入力してください。',
    say: AGAIN,
    retry: true,
  }),
  '205': neverKeyed('コード決済の受付時間外です。'),
  '207': declined('1回の取引の上限額を超えています。', {
    action: 'ご注文を分けるか、ほかのお支払方法をご案内してください。',
    say: '恐れ入ります、カードでお受けできる金額を超えております。ほかのお支払方法をお願いできますでしょうか。',
  }),
  '208': declined('金額が大きすぎます。', {
    raisedBy: 'desk',
    action: '明細の数量と金額を確認してください。',
    say: '恐れ入ります、ご注文の数量をもう一度確認させてください。',
  }),
  '301': declined('このカードは利用できません。', {
    action: '別のカードをお願いするか、受付を中止してください。理由をお客様に伝えないでください。',
    hard: true,
  }),
  '401': declined('決済の有効時間が過ぎました。', {
    action: 'もう一度「確認画面に進む」を押してください。',
    say: WAIT,
    retry: true,
  }),
  '404': declined('支払いの待ち時間を過ぎました。', {
    action: 'もう一度「確認画面に進む」を押してください。',
    say: WAIT,
    retry: true,
  }),
  '501': cannotCancel(
    'お支払いから時間がたっているため、取消できません。',
    '返金の方法を管理者に確認してください。',
  ),
  '504': cannotCancel('取消できる期間を過ぎています。', '返金の方法を管理者に確認してください。'),
  '505': declined('取消の権限がありません。', {
    raisedBy: 'desk',
    action: '取消の権限を持つ担当者に依頼してください。',
    say: STAFF,
  }),
  '506': neverKeyed('売上のときと異なるカードです。'),
  '901': declined('決済サービスとの接続でエラーが起きました。', {
    action: '少し待って、もう一度「確認画面に進む」を押してください。',
    say: WAIT,
    retry: true,
  }),
  '991': declined('このテンキーは、このショップに登録されていません。', {
    action:
      'このテンキーは使えません。管理者に登録(テンキー > 登録)を依頼し、ほかのお支払方法をご案内してください。',
    say: OTHER_METHOD,
  }),
  '999': declined('決済サービスでエラーが起きました。', {
    action: '少し待ってもう一度お試しください。続くときは管理者に連絡してください。',
    say: WAIT,
    retry: true,
  }),
} as const satisfies Readonly<Record<string, TransactionCode>>

export type TransactionCodeId = keyof typeof TRANSACTION_CODES

export const isTransactionCode = (code: string): code is TransactionCodeId =>
  Object.hasOwn(TRANSACTION_CODES, code)
