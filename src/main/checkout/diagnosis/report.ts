import type { DeskMode } from '../../../contract/auth'
import type { DiagnosisFinding, DiagnosisState, DiagnosisStep } from '../../../contract/diagnosis'
import type { ImportantSettings } from '../../../contract/settings'

const STEPS: Readonly<Record<DiagnosisStep, string>> = {
  cable: 'ケーブル',
  mode: 'モード',
  'key-level': '暗号鍵',
  registration: '登録',
  relay: '中継',
  service: '決済サービス',
}
const STATES: Readonly<Record<DiagnosisState, string>> = {
  waiting: '待ち',
  checking: '確認中',
  good: '正常',
  warning: '注意',
  bad: '異常',
  'not-applicable': '対象外',
}

const tokyo = new Intl.DateTimeFormat('ja-JP', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'medium',
  timeStyle: 'medium',
})

export interface ReportFacts {
  /** Epoch milliseconds. */
  readonly at: number
  readonly mode: DeskMode
  readonly version: string
  readonly settings: ImportantSettings
  readonly findings: readonly DiagnosisFinding[]
}

/** The report as text, for a support desk: no pairing code, no whole fingerprint, no person, no foreign address. */
export function reportText({ at, mode, version, settings, findings }: ReportFacts): string {
  const faults = findings.filter(({ state }) => state === 'bad').length
  const warnings = findings.filter(({ state }) => state === 'warning').length
  const lines = [
    'テンキー診断の結果',
    ...(mode === 'training' ? ['【トレーニング】実際の請求は発生しません'] : []),
    `日時: ${tokyo.format(at)}(日本時間)`,
    `プログラム: 受付 ${version}`,
    `接続方法: ${settings.connection === 'usb' ? 'USB' : 'リレー'}`,
    `結果: ${faults === 0 ? '異常はありません' : `異常 ${faults}件`}${warnings === 0 ? '' : `(注意 ${warnings}件)`}`,
    '',
  ]
  for (const [index, { step, state, detail, action }] of findings.entries()) {
    lines.push(`${index + 1}. ${STEPS[step]}: ${STATES[state]}`, `   ${detail}`)
    if (action !== null) lines.push(`   対応: ${action}`)
  }
  return `${lines.join('\n')}\n`
}
