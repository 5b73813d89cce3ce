import type { DiagnosisFinding, DiagnosisState, DiagnosisStep } from '../../../contract/diagnosis'
import type { KeypadSettings } from '../../../contract/settings'
import { failureOf } from '../failures'
import type { KeypadFacts, KeypadStatus, KeypadTrouble } from '../../devices/keypad.port'
import { isPrivateAddress } from '../../domain/private-address'

/** Steps whose answer comes from what the keypad says of itself. */
export type KeypadStep = 'cable' | 'mode' | 'key-level'

/** Troubles of the keypad itself, by the step that they end. Whatever else there is lies on the way to it. */
const DEVICE_TROUBLES: Readonly<Partial<Record<KeypadTrouble, KeypadStep>>> = {
  'not-found': 'cable',
  unplugged: 'cable',
  'permission-denied': 'cable',
  busy: 'cable',
  'keyboard-mode': 'mode',
  'not-encrypting': 'key-level',
  'keys-exhausted': 'key-level',
}

/** The step that a trouble ends. */
export const stepOf = (trouble: KeypadTrouble): KeypadStep | 'relay' => DEVICE_TROUBLES[trouble] ?? 'relay'

const ENCRYPTING = '3'
const FINGERPRINT_SHOWN = 8

const finding = (
  step: DiagnosisStep,
  state: DiagnosisState,
  detail: string,
  action: string | null = null,
): DiagnosisFinding => ({ step, state, detail, action })
export const good = (step: DiagnosisStep, detail: string) => finding(step, 'good', detail)
export const bad = (step: DiagnosisStep, detail: string, action: string) =>
  finding(step, 'bad', detail, action)
/** It works, but something should be mended. */
export const warning = (step: DiagnosisStep, detail: string, action: string) =>
  finding(step, 'warning', detail, action)
export const skipped = (step: DiagnosisStep, detail: string) => finding(step, 'not-applicable', detail)
export const begun = (step: DiagnosisStep) => finding(step, 'checking', '')

/** What a device or a service says of itself, fit for a report: short, printable, and never a run of digits. */
export function told(text: string | null, unknown = '不明'): string {
  const clean = (text ?? '')
    .replace(/[^\p{L}\p{N}\p{P}\p{Zs}]/gu, '')
    .trim()
    .slice(0, 60)
  if (clean === '') return unknown
  return /\d{12}/.test(clean.replace(/[\p{Zs}\p{P}]/gu, '')) ? '(数字の並びのため省略)' : clean
}

/** Words of an address: only one that cannot leave the shop's own network is written down. */
export const addressOf = ({ relayHost, relayPort }: KeypadSettings): string =>
  isPrivateAddress(relayHost) ? `${relayHost} ポート ${relayPort}` : '(プライベートIPではないため省略)'

/** Enough of a fingerprint to compare by eye. */
export const fingerprintOf = (settings: KeypadSettings): string => {
  const hex = settings.relayFingerprint.replace(/[^0-9A-Fa-f]/g, '').toUpperCase()
  return hex === '' ? 'なし' : `${hex.slice(0, FINGERPRINT_SHOWN)}…`
}

const SENTENCES: Readonly<Record<KeypadStep, string>> = {
  cable: 'テンキーを使えません。',
  mode: 'テンキーがキーボードモードです。',
  'key-level': 'テンキーがカード番号を暗号化できる状態にありません。',
}

/** Nothing is being keyed here: a keypad that went away is one that is not there. */
const actionOf = (trouble: KeypadTrouble): string =>
  failureOf(trouble === 'unplugged' ? 'not-found' : trouble).action

/** One of the three steps that the keypad's own state answers; `viaRelay` when a relay stands between. */
export function keypadFinding(
  step: KeypadStep,
  status: KeypadStatus | 'off',
  viaRelay: boolean,
): DiagnosisFinding {
  if (status === 'off') {
    return step === 'cable'
      ? bad(step, 'テンキーパッド入力がOFFです。', failureOf('keypad-off').action)
      : skipped(step, 'テンキーパッド入力がOFFのため、確認していません。')
  }
  if (status.kind === 'trouble') {
    const ended = stepOf(status.trouble)
    if (ended === step) return bad(step, SENTENCES[step], actionOf(status.trouble))
    if (ended === 'relay') return skipped(step, '中継につながらないため、確認できません。')
    const order: readonly KeypadStep[] = ['cable', 'mode', 'key-level']
    return order.indexOf(step) < order.indexOf(ended)
      ? good(step, step === 'cable' ? 'つながっています。' : 'HIDモードです。')
      : skipped(step, '前の確認で異常があるため、確認できません。')
  }
  const inUse = status.kind === 'in-use' ? '使用中のため、入力を止めずに確認しました。' : ''
  switch (step) {
    case 'cable':
      return good(
        step,
        `${viaRelay ? '中継のパソコンに' : 'このパソコンに'}つながっています(${device(status.facts)})。${inUse}`,
      )
    case 'mode':
      return good(step, 'HIDモードです。文字としては入力されません。')
    case 'key-level':
      return keyLevel(status.facts)
  }
}

const device = ({ model, serial, firmware }: KeypadFacts): string =>
  `機種 ${told(model)}、機器番号 ${told(serial)}、ファームウェア ${told(firmware)}`

function keyLevel({ securityLevel }: KeypadFacts): DiagnosisFinding {
  if (securityLevel === ENCRYPTING) return good('key-level', '暗号化する状態です(レベル3)。')
  if (securityLevel === null) {
    return skipped(
      'key-level',
      'このテンキーはレベルを答えません。暗号化していない入力は、受け取るときに断ります。',
    )
  }
  const cause = securityLevel === '0' ? 'keys-exhausted' : 'not-encrypting'
  return bad(
    'key-level',
    `暗号化する状態ではありません(レベル${told(securityLevel)})。`,
    failureOf(cause).action,
  )
}
