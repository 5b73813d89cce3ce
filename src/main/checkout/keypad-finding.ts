import type { KeypadFinding, KeypadSettings } from '../../contract/settings'
import type { KeypadStatus, KeypadTrouble } from '../devices/keypad.port'
import { failureOf } from './failures'

type Place = Pick<KeypadSettings, 'relayHost' | 'relayPort'>
type Words = readonly [finding: string, next: string]

const AT_RELAY = 'テンキー中継にはつながりましたが、'

/** What an admin is told about a relay; troubles that say the same on every cable are not here. */
const RELAY_WORDS: Partial<Record<KeypadTrouble, (place: Place) => Words>> = {
  'relay-unreachable': ({ relayHost }) => [
    `テンキー中継のパソコン(${relayHost})に届きません。`,
    '中継のパソコンの電源とLANケーブル、プライベートIPを確認してください。ファイアウォールがこのポートを止めていることもあります。',
  ],
  'relay-refused': ({ relayHost, relayPort }) => [
    `パソコン(${relayHost})には届きましたが、ポート ${relayPort} で接続を断られました。`,
    '中継のパソコンでテンキー中継が起動しているか、ポート番号が中継の画面と同じか確認してください。',
  ],
  'relay-protocol': ({ relayHost, relayPort }) => [
    `${relayHost} のポート ${relayPort} で応答したのは、テンキー中継ではありません。`,
    'ポート番号がほかのプログラムのものになっていないか確認してください。中継のプログラムが古いときは更新してください。',
  ],
  'relay-pairing': () => [
    'ペアリングコードが、テンキー中継のものと一致しません。',
    '中継をはじめて起動したときに表示されたコードを入力してください。わからないときは、中継を --new-pairing をつけて起動し直すと新しいコードが表示されます。',
  ],
  'relay-pairing-locked': () => [
    'ペアリングコードの誤りが続いたため、テンキー中継がこのパソコンからの接続を止めています。',
    'コードを確認し、1分から15分ほど待ってから、もう一度お試しください。',
  ],
  'certificate-changed': () => [
    'テンキー中継の証明書が、登録した指紋と違います。',
    '中継のパソコンを入れ替えた覚えがないときは使用を中止し、接続先を確認してください。入れ替えたときは、下の指紋が中継の起動時に表示される指紋と同じことを確認してから登録してください。',
  ],
  'tls-required': () => [
    'このテンキー中継との接続には、証明書の指紋の登録が必要です。',
    '中継の起動時に表示される指紋(fingerprint256)と同じことを確認してから、証明書の指紋に登録してください。',
  ],
  'simulator-refused': () => [
    '接続先は練習用のテンキーです。本番では使えません。',
    '本番のテンキー中継のプライベートIPとポート番号を入力してください。',
  ],
  'not-found': () => [
    `${AT_RELAY}中継のパソコンにテンキーが見つかりません。`,
    '中継のパソコンで、テンキーのUSBケーブルを確認してください。',
  ],
  unplugged: () => [
    `${AT_RELAY}中継のパソコンからテンキーが外れています。`,
    '中継のパソコンで、テンキーのUSBケーブルを確認してください。',
  ],
  busy: () => [
    `${AT_RELAY}中継のパソコンで、ほかのプログラムがテンキーを使用しています。`,
    '中継のパソコンで、テンキーを使うほかのプログラム(受付など)を終了してください。',
  ],
  'permission-denied': () => [
    `${AT_RELAY}中継のパソコンに、テンキーを使う権限がありません。`,
    '中継のパソコンの管理者に、テンキーのUSB機器を使う権限の設定を依頼してください。',
  ],
}

/** What an admin is told about a keypad on this PC's USB. */
const USB_WORDS: Partial<Record<KeypadTrouble, Words>> = {
  'permission-denied': [
    'このパソコンでテンキーを使う権限がありません。',
    '受付に同梱の udev ルール(resources/udev/60-uketsuke-keypad.rules)を /etc/udev/rules.d/ に置き、テンキーを差し直してください。',
  ],
  'keyboard-mode': [
    'テンキーがキーボードモードです。カード番号がほかの画面に入るおそれがあるため、使用できません。',
    '提供元の承諾を得てから「HIDモードに切り替える」を押してください。承諾がないときは、提供元に交換を依頼してください。',
  ],
}

/** What an admin does next about a keypad on this PC's USB. */
export const nextOnUsb = (trouble: KeypadTrouble): string =>
  USB_WORDS[trouble]?.[1] ?? failureOf(trouble).action

/** What a test of the keypad found, in an admin's words; null when the keypad can be used. */
export function findingOf(
  status: KeypadStatus | 'off',
  settings: KeypadSettings,
  shownFingerprint: string | null,
): KeypadFinding | null {
  if (status === 'off') return told('keypad-off', null, null)
  if (status.kind === 'ready') return null
  if (status.kind === 'in-use') {
    const { operator, seat } = status.holder
    return told(
      'keypad-in-use',
      [
        `テンキーにはつながりましたが、${operator}(${seat})が使用中です。`,
        '使用が終わるのを待って、もう一度お試しください。',
      ],
      null,
    )
  }
  const { trouble } = status
  const words = settings.connection === 'relay' ? RELAY_WORDS[trouble]?.(settings) : USB_WORDS[trouble]
  return told(trouble, words ?? null, shownFingerprint)
}

function told(
  cause: Parameters<typeof failureOf>[0],
  words: Words | null,
  shownFingerprint: string | null,
): KeypadFinding {
  const failure = failureOf(cause)
  const [finding, next] = words ?? [failure.message, failure.action]
  return { cause, finding, next, shownFingerprint }
}
