import type { KeypadSettings } from '../../contract/settings'
import { findingOf } from '../checkout/keypad-finding'
import type { KeypadPort, KeypadStatus } from '../devices/keypad.port'
import type { ForeignHolder } from '../devices/hid'
import { readRelayCertificate } from '../devices/relay/connect'
import type { Clock } from '../platform/clock'
import { otherPrograms } from './other-programs'

/** What 接続テスト has seen. */
export interface KeypadTestResult {
  readonly status: KeypadStatus | 'off'
  /** Certificate that the relay showed, when it is not the registered one. */
  readonly shownFingerprint: string | null
  readonly ms: number
  readonly otherPrograms: readonly ForeignHolder[]
}

const trouble = (word: 'tls-required' | 'relay-unreachable'): KeypadStatus => ({
  kind: 'trouble',
  trouble: word,
})

/**
 * Tries a keypad as the settings name it. Where no certificate is registered the relay is first asked for one:
 * without that, a relay that wants TLS would only look like one that does not answer.
 */
export async function testKeypad(
  values: KeypadSettings,
  deps: { clock: Clock; open(): KeypadPort | null; inUse: KeypadPort | null },
): Promise<KeypadTestResult> {
  const startedAt = deps.clock.now()
  const done = (
    status: KeypadStatus | 'off',
    shownFingerprint: string | null = null,
    others: readonly ForeignHolder[] = [],
  ) => ({
    status,
    shownFingerprint,
    otherPrograms: others,
    ms: deps.clock.now() - startedAt,
  })
  const relay = { host: values.relayHost, port: values.relayPort }
  const pinned = values.relayFingerprint.trim() !== ''
  if (values.keypadEnabled && values.connection === 'relay' && !pinned) {
    const shown = await readRelayCertificate(relay)
    if (shown.kind === 'certificate') return done(trouble('tls-required'), shown.fingerprint256)
    if (shown.trouble === 'relay-unreachable') return done(trouble('relay-unreachable'))
  }
  const port = deps.inUse ?? deps.open()
  const status = port ? await port.status() : 'off'
  const others = await otherPrograms(port)
  if (port !== deps.inUse) await port?.close()
  const changed = status !== 'off' && status.kind === 'trouble' && status.trouble === 'certificate-changed'
  if (!changed) return done(status, null, others)
  const shown = await readRelayCertificate(relay)
  return done(status, shown.kind === 'certificate' ? shown.fingerprint256 : null)
}

/** The result as the settings page is told. */
export function testAnswer(result: KeypadTestResult, values: KeypadSettings) {
  const { status, shownFingerprint, ms } = result
  const finding = findingOf(status, values, shownFingerprint)
  const facts = status === 'off' || status.kind === 'trouble' ? null : status.facts
  return {
    ok: finding === null,
    serial: facts?.serial ?? null,
    firmware: facts?.firmware ?? null,
    ms,
    finding,
    otherPrograms: [...result.otherPrograms],
  }
}
