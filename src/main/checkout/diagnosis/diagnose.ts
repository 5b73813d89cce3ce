import type { DeskMode } from '../../../contract/auth'
import { DiagnosisStep, type DiagnosisEvent, type DiagnosisFinding } from '../../../contract/diagnosis'
import type { ImportantSettings } from '../../../contract/settings'
import { TRANSACTION_CODES } from '../../../contract/transaction-codes'
import type { ServiceChoice } from '../deps'
import { failureOf } from '../failures'
import type { KeypadPort, KeypadStatus, KeypadTrouble } from '../../devices/keypad.port'
import type { Clock } from '../../platform/clock'
import { newId } from '../../platform/ids'
import {
  addressOf,
  bad,
  begun,
  fingerprintOf,
  good,
  keypadFinding,
  skipped,
  stepOf,
  told,
  warning,
} from './findings'
import { reportText } from './report'

/** What the books say of a keypad. */
export interface KeypadRecord {
  readonly state: 'unregistered' | 'registered' | 'stopped'
  readonly shopId: string | null
}

/** What came of one more connection to the relay, opened and closed again. */
export type RelayProbe = { readonly trouble: KeypadTrouble } | { readonly ms: number }

export interface DiagnosisDeps {
  readonly clock: Clock
  readonly mode: DeskMode
  readonly version: string
  readonly settings: ImportantSettings
  /** The keypad of this desk; null when テンキーパッド入力 is OFF. */
  readonly keypad: KeypadPort | null
  /** Shop of the person who asks. */
  readonly shopId: string
  /** What the contract with the keypad's provider has against a card entry. */
  contractBlock(): Promise<'not-applied' | 'stopped' | null>
  /** Other programs that have the same USB keypad open; their names are fit to be shown. */
  otherPrograms(): Promise<readonly { readonly pid: number; readonly name: string }[]>
  keypadRecord(serial: string): Promise<KeypadRecord | null>
  probeRelay(settings: ImportantSettings): Promise<RelayProbe>
  service(): Promise<ServiceChoice>
}

/**
 * Looks from the cable to the payment service, one step after the other, and ends with a report. Nothing is claimed,
 * and while a card is being keyed at any seat not even a second connection is opened.
 */
export async function* diagnose(
  deps: DiagnosisDeps,
  signal: AbortSignal | undefined,
): AsyncGenerator<DiagnosisEvent, void, void> {
  const at = deps.clock.now()
  const findings: DiagnosisFinding[] = []
  let status: KeypadStatus | 'off' = 'off'
  for (const step of DiagnosisStep.options) {
    if (signal?.aborted) return
    yield { type: 'step', finding: begun(step) }
    if (step === 'cable') status = deps.keypad === null ? 'off' : await deps.keypad.status()
    const finding = await findingOf(step, status, deps)
    findings.push(finding)
    yield { type: 'step', finding }
  }
  const isGood = findings.every(({ state }) => state !== 'bad')
  const text = reportText({ ...deps, at, findings })
  yield { type: 'report', reportId: newId(), at, good: isGood, text }
}

function findingOf(
  step: DiagnosisStep,
  status: KeypadStatus | 'off',
  deps: DiagnosisDeps,
): Promise<DiagnosisFinding> | DiagnosisFinding {
  switch (step) {
    case 'cable':
      return cable(status, deps)
    case 'mode':
    case 'key-level':
      return keypadFinding(step, status, deps.settings.connection === 'relay')
    case 'registration':
      return registration(status, deps)
    case 'relay':
      return relay(status, deps)
    case 'service':
      return service(deps)
  }
}

/** Programs that read along do not stop an entry, but someone should know of them. */
async function cable(status: KeypadStatus | 'off', deps: DiagnosisDeps): Promise<DiagnosisFinding> {
  const found = keypadFinding('cable', status, deps.settings.connection === 'relay')
  const others = found.state === 'good' ? await deps.otherPrograms() : []
  if (others.length === 0) return found
  const names = others.map(({ name, pid }) => `${name}、PID ${pid}`).join(' / ')
  return warning(
    'cable',
    `${found.detail}ほかのプログラム(${names})もこのテンキーを開いています。`,
    '暗号化された入力が、そのプログラムにも届きます。必要のないプログラムは終了してください。',
  )
}

async function registration(status: KeypadStatus | 'off', deps: DiagnosisDeps): Promise<DiagnosisFinding> {
  const step = 'registration'
  const block = await deps.contractBlock()
  if (block !== null) {
    const cause = block === 'stopped' ? 'contract-stopped' : 'contract-not-applied'
    const detail = block === 'stopped' ? 'テンキーサービスが停止中です。' : 'テンキーサービスが未申込です。'
    return bad(step, detail, failureOf(cause).action)
  }
  const serial = status === 'off' || status.kind === 'trouble' ? null : status.facts.serial
  if (serial === null) return skipped(step, '機器番号がわからないため、確認できません。')
  const record = await deps.keypadRecord(serial)
  if (record === null) return skipped(step, 'この機器番号のテンキーは、まだ記録されていません。')
  switch (record.state) {
    case 'stopped':
      return bad(
        step,
        '使用停止のテンキーです。',
        'このテンキーは使わないでください。ほかのテンキーに替えて、管理者に連絡してください。',
      )
    case 'unregistered':
      return bad(step, '未登録のテンキーです。', '管理者に、テンキーの画面での登録を依頼してください。')
    case 'registered':
      return record.shopId === deps.shopId
        ? good(step, 'このショップに登録されています。')
        : bad(step, TRANSACTION_CODES['991'].title, TRANSACTION_CODES['991'].action)
  }
}

async function relay(status: KeypadStatus | 'off', deps: DiagnosisDeps): Promise<DiagnosisFinding> {
  const step = 'relay'
  const { settings } = deps
  if (status === 'off') return skipped(step, 'テンキーパッド入力がOFFのため、確認していません。')
  if (settings.connection === 'usb') return skipped(step, 'USBで直接つなぐ設定のため、中継は使いません。')
  const where = `${addressOf(settings)}、証明書の指紋 ${fingerprintOf(settings)}`
  const failed = (trouble: KeypadTrouble) =>
    bad(step, `中継を使えません(${where})。`, failureOf(trouble).action)
  if (status.kind === 'trouble' && stepOf(status.trouble) === 'relay') return failed(status.trouble)
  if (status.kind === 'in-use') {
    return good(step, `つながっています(${where})。使用中のため、新しい接続は試していません。`)
  }
  const probe = await deps.probeRelay(settings)
  if ('trouble' in probe) return failed(probe.trouble)
  return good(step, `つながっています(${where})。接続にかかった時間 ${probe.ms}ミリ秒。`)
}

async function service(deps: DiagnosisDeps): Promise<DiagnosisFinding> {
  const step = 'service'
  const choice = await deps.service()
  if (!choice.ready) {
    const failure = failureOf(choice.cause)
    return bad(step, '決済サービスを使えません。', failure.action)
  }
  const from = deps.clock.now()
  const identity = await choice.active.service.identify()
  if ('kind' in identity) {
    return bad(step, '決済サービスが応答しません。', failureOf(`service-${identity.cause}`).action)
  }
  const kind = identity.simulator ? '、トレーニング用' : ''
  const ms = deps.clock.now() - from
  return good(step, `応答しています(${told(identity.name)}${kind})。応答までの時間 ${ms}ミリ秒。`)
}
