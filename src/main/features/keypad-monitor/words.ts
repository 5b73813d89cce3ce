import type { KeypadEventSubtype, KeypadState, P2peState, StopReason } from '../../../contract/keypad-monitor'
import type { KeypadUpdateState } from '../../../contract/keypad-updates'
import { updateCodeOf } from '../../../contract/update-codes'

/** Words of the list as CSV, which main writes without the screens. */
export const STATE_WORDS: Readonly<Record<KeypadState, string>> = {
  unregistered: '未登録',
  waiting: '待機中',
  'in-use': '使用中',
  offline: 'オフライン',
  stopped: '使用停止',
  tampered: '改ざん検知',
}
export const P2PE_WORDS: Readonly<Record<P2peState, string>> = {
  active: '有効',
  'running-low': '鍵の残りわずか',
  exhausted: '鍵を使い切り',
  'not-encrypting': '暗号化していない',
  unknown: '不明',
}
export const UPDATE_WORDS: Readonly<Record<KeypadUpdateState, string>> = {
  planned: '更新予定',
  open: '更新時間中',
  deferred: '更新延期',
  failed: '更新失敗',
}
export const CABLE_WORDS = { usb: 'USB', relay: '中継' } as const
const REASON_WORDS: Readonly<Record<StopReason, string>> = {
  lost: '紛失',
  tampered: '改ざんの疑い',
  retired: '廃棄',
}

/** Causes of events as they are stored, in words. */
const CAUSES: Readonly<Record<string, string>> = {
  'plugged-in': 'ケーブルの差し込み',
  'desk-started': '受付の起動',
  'power-on': '電源の投入',
  'desk-closed': '受付の終了',
  'switched-off': '設定の変更(テンキーパッド入力、または接続先)',
  exchanged: '別のテンキーに交換',
  'not-found': 'テンキーが見つかりません',
  unplugged: 'USBケーブルが抜けました',
  'keyboard-mode': 'キーボードモードになっています',
  busy: 'ほかのプログラムが使用中',
  'permission-denied': 'USB機器を使う権限がありません',
  'relay-refused': '中継が接続を切りました',
  'relay-unreachable': '中継が応答しません',
  'relay-protocol': '中継との通信に誤りがありました',
  'relay-pairing': 'ペアリングコードが一致しません',
  'relay-pairing-locked': 'ペアリングコードの誤りが続いたため、中継が受け付けていません',
  'certificate-changed': '中継の証明書が登録と異なります',
  'address-not-private': '接続先が社内のアドレスではありません',
  'tls-required': '中継との通信が暗号化されていません',
  'simulator-refused': '本番では練習用テンキーを使えません',
  unregistered: '未登録のテンキー(991)',
  'stopped-lost': '使用停止中(紛失)',
  'stopped-tampered': '使用停止中(改ざんの疑い)',
  'stopped-retired': '使用停止中(廃棄)',
  length: '読み取りデータの長さの誤り',
  incomplete: '読み取りの途中で途切れました',
  etx: '読み取りデータの終わりの誤り',
  lrc: '読み取りデータの検査値の不一致(LRC)',
  sum: '読み取りデータの検査値の不一致(チェックサム)',
  swipe: '磁気カードの読み取り',
  'card-type': '対象外のカード種別',
  'fixed-key': '固定鍵での暗号化',
  'session-id': '対応していない形式(セッションID)',
  'encryption-type': '対応していない暗号方式',
  structure: '読み取りデータの構造の誤り',
  replay: '同じ読み取りデータの再送',
  'clear-digits': '暗号化されていない番号',
  'not-encrypted': '暗号化されていない読み取りデータ',
  'not-recorded': '読み取り回数を記録できませんでした',
  'in-use': '利用中(カードの入力または保留)',
  absent: '未接続',
  operator: '操作者が延期',
  'other-version': '予定の時間が過ぎても、別のバージョンのままです',
}
const cause = (word: string): string => CAUSES[word] ?? word

const WHEN = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'Asia/Tokyo',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
})

type Detail = Readonly<Record<string, string | undefined>>

const by = (detail: Detail): string => (detail['by'] ? `(${detail['by']})` : '')
const noteOf = (detail: Detail): string => (detail['note'] ? `: ${detail['note']}` : '')
const place = (shop: string | undefined, seat: string | undefined): string =>
  `${shop ?? ''}${seat ? `「${seat}」` : ''}`

/** The time that an update is planned for, in the shop's time. */
const timeOf = (detail: Detail): string => WHEN.format(Number(detail['next'] ?? 0))
const retryOf = (detail: Detail): string =>
  detail['next'] ? `再試行 ${timeOf(detail)}` : '自動では再試行しません。'

/** What went wrong with an update: the code with its words and what to do, or what the desk saw. */
function whyFailed(detail: Detail): string {
  const code = detail['code'] ?? ''
  const known = updateCodeOf(code)
  if (known !== null) return `コード ${code} ${known.title}対処: ${known.action}`
  const found = detail['found'] ? `(現在のバージョン ${detail['found']})` : ''
  return `理由: ${cause(detail['reason'] ?? '')}${found}。`
}

const plannedWords = (detail: Detail): string =>
  detail['update'] === 'withdrawn'
    ? `更新予定の取消 ${detail['version'] ?? ''}${by(detail)}`
    : `更新予定 ${detail['version'] ?? ''} ${timeOf(detail)}から${detail['minutes'] ?? ''}分間${by(detail)}`

const SENTENCES: Readonly<Record<KeypadEventSubtype, (detail: Detail) => string>> = {
  started: ({ reason = '' }) => `起動の理由: ${cause(reason)}`,
  connected: (detail) =>
    detail['by'] === 'relay' ? `中継 ${detail['at'] ?? ''}`.trim() : 'このパソコンのUSBに接続',
  disconnected: (detail) => `原因: ${cause(detail['cause'] ?? '')}`,
  'update-succeeded': ({ version = '', before = '' }) => (before === '' ? version : `${before} → ${version}`),
  'update-deferred': (detail) =>
    `${detail['version'] ?? ''} 理由: ${cause(detail['reason'] ?? '')}${noteOf(detail)}。次の予定 ${timeOf(detail)}${by(detail)}`,
  'update-failed': (detail) =>
    `${detail['version'] ?? ''} ${whyFailed(detail)}${retryOf(detail)}${by(detail)}`,
  registered: (detail) => `${place(detail['shop'], detail['seat'])}${by(detail)}`,
  changed: (detail) =>
    detail['to'] === 'unregistered'
      ? `使用再開(未登録に戻しました)${by(detail)}`
      : detail['update'] !== undefined
        ? plannedWords(detail)
        : `${place(detail['fromShop'], detail['fromSeat'])} → ${place(detail['shop'], detail['seat'])}${by(detail)}`,
  stopped: (detail) => {
    const known = Object.entries(REASON_WORDS).find(([word]) => word === detail['reason'])
    return `理由: ${known?.[1] ?? ''}${noteOf(detail)}${by(detail)}`
  },
  refused: (detail) => `カードの入力を拒否: ${cause(detail['cause'] ?? '')}`,
  misread: (detail) => cause(detail['cause'] ?? ''),
  'not-encrypting': ({ level = '' }) => `セキュリティレベル ${level}`,
  'keys-exhausted': () => '提供元に鍵の再注入か交換を依頼してください',
}

/** What a stored event says in words: reason, version, cause. A detail that cannot be read says nothing. */
export function eventWords(subtype: KeypadEventSubtype, detail: string): string {
  try {
    const parsed: unknown = JSON.parse(detail)
    if (typeof parsed !== 'object' || parsed === null) return ''
    const texts = Object.entries(parsed).map(([key, value]): [string, string] => [key, String(value)])
    return SENTENCES[subtype](Object.fromEntries(texts))
  } catch {
    return ''
  }
}
