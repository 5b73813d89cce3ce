/** Why a reader could not be updated, as people act on it. */
export type UpdateCause =
  /** Something in the update itself: try again, then ask. */
  | 'retry'
  /** Someone stopped it. */
  | 'stopped'
  /** The line between reader and server. */
  | 'line'
  /** The server has nothing or no time for this reader. */
  | 'server'
  /** The device itself must be looked at by those who gave it out. */
  | 'device'

export interface UpdateCode {
  readonly cause: UpdateCause
  readonly title: string
  /** What has happened, and what it means for the desk. */
  readonly meaning: string
  /** What the operator or the admin does now. */
  readonly action: string
  /** Words to say to a caller who is waiting; null where nobody waits for this. */
  readonly say: string | null
}

const OTHER_METHOD =
  '恐れ入ります、ただいまカードの機械が準備中です。ほかのお支払方法か、後ほどこちらからのお電話でもよろしいでしょうか。'
const SHORT_WAIT = '恐れ入ります、カードの機械の準備に少しお時間をいただいております。'

const CHECK_LINE =
  'LANケーブルまたはWi-Fiの接続と設定を確認して、もう一度更新してください。ほかの機器もつながらないときは、先に回線を確認してください。'
const ASK_SUPPORT =
  'コードと機器番号を控えて、機器の提供元に連絡してください。返事があるまで、この機器では更新しないでください。'

const RETRY: UpdateCode = {
  cause: 'retry',
  title: '更新の途中でエラーが起きました。',
  meaning: '更新が最後まで進みませんでした。くわしい原因は、このコードだけではわかりません。',
  action:
    '電源を入れたまま、もう一度更新してください。繰り返すときは、コードと機器番号を控えて提供元に連絡してください。',
  say: SHORT_WAIT,
}
const line = (title: string, meaning: string, action = CHECK_LINE): UpdateCode => ({
  cause: 'line',
  title,
  meaning,
  action,
  say: SHORT_WAIT,
})
const device = (title: string, meaning: string, say: string | null = OTHER_METHOD): UpdateCode => ({
  cause: 'device',
  title,
  meaning,
  action: ASK_SUPPORT,
  say,
})

const NOTHING_TO_UPDATE = device(
  '更新するデータがありません。',
  'サーバーに、この機器に入れるデータがありませんでした。すでに新しい版になっていることもあります。',
  null,
)
const NOT_REGISTERED = device(
  'この機器は登録されていません。',
  '提供元に、この機器の番号が登録されていません。',
)
const OTHER_ERROR = device(
  'そのほかのエラーが起きました。',
  'ほかのコードに当てはまらない原因で、更新できませんでした。',
)

/** The 28 codes that a card reader shows when its update fails, with the sentences of this desk. */
export const UPDATE_CODES = {
  '100': RETRY,
  '101': RETRY,
  '102': RETRY,
  '103': RETRY,
  '104': {
    cause: 'stopped',
    title: '更新が途中で取り消されました。',
    meaning: '更新中に、機器でキャンセルが押されました。機器は更新前のままです。',
    action:
      '更新が必要なときは、受付のない時間にもう一度更新してください。終わるまで機器のキーを押さないでください。',
    say: null,
  },
  '105': line('通信の待ち時間を過ぎました。', 'サーバーの応答が、決められた時間のうちに届きませんでした。'),
  '106': device(
    '更新できませんでした。',
    '更新が最後まで進みませんでした。やり直さずに、提供元に連絡するエラーです。',
  ),
  '107': line(
    '通信できませんでした。',
    'サーバーとの通信に失敗しました。Wi-Fiの設定が間違っているときにも出ます。',
    'Wi-Fiの名前(SSID)とパスワード、またはLANケーブルを確認して、もう一度更新してください。',
  ),
  '108': line(
    'データを受け取れませんでした。',
    '更新データのダウンロードが途中で止まりました。',
    '電波や回線が安定した場所で、もう一度更新してください。',
  ),
  '109': RETRY,
  '10A': line(
    'Wi-Fiのアクセスポイントにつながりません。',
    '設定されたアクセスポイントが見つからないか、接続を断られました。',
    'アクセスポイントの電源と、Wi-Fiの名前(SSID)・パスワードを確認して、もう一度更新してください。',
  ),
  '120': RETRY,
  '121': RETRY,
  '122': RETRY,
  '140': RETRY,
  '141': RETRY,
  '200': line('通信できませんでした。', '更新サーバーとの通信を始められませんでした。'),
  '201': line('通信の待ち時間を過ぎました。', '更新サーバーの応答を待つ間に、時間切れになりました。'),
  '202': line('通信中にエラーが起きました。', '更新サーバーとの通信がうまくいきませんでした。'),
  '203': line('通信中にエラーが起きました。', '更新サーバーとの通信がうまくいきませんでした。'),
  '3E1': device('この機器は使えない状態です。', '提供元で、この機器が無効にされています。'),
  '3E3': {
    cause: 'server',
    title: 'サーバーがメンテナンス中です。',
    meaning: '更新サーバーが作業中のため、今は更新できません。機器の故障ではありません。',
    action:
      '時間をあけて、もう一度更新してください。それまでは更新前のまま使えるか、機器の画面で確認してください。',
    say: OTHER_METHOD,
  },
  '3E5': NOTHING_TO_UPDATE,
  '3E6': NOT_REGISTERED,
  '3E7': OTHER_ERROR,
  '997': NOTHING_TO_UPDATE,
  '998': NOT_REGISTERED,
  '999': OTHER_ERROR,
} as const satisfies Readonly<Record<string, UpdateCode>>

/** What is known of a code; null for one that no keypad shows. */
export const updateCodeOf = (code: string): UpdateCode | null =>
  Object.entries(UPDATE_CODES).find(([known]) => known === code)?.[1] ?? null
