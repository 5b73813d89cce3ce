import type { DeskMode } from '../../contract/auth'
import type { KeypadSettings } from '../../contract/settings'
import { connectRelay } from '../devices/relay/connect'
import type { RelayProbe } from '../checkout/diagnosis/diagnose'
import type { Clock } from '../platform/clock'

const PROBE_MS = 5_000

/** Opens one more connection to the relay of the settings, checks its certificate, and closes it without a word. */
export async function probeRelay(
  settings: KeypadSettings,
  deps: { mode: DeskMode; clock: Clock },
): Promise<RelayProbe> {
  const fingerprint256 = settings.relayFingerprint.trim()
  const from = deps.clock.now()
  const connected = await connectRelay(
    {
      host: settings.relayHost,
      port: settings.relayPort,
      tls: fingerprint256 === '' ? null : { fingerprint256 },
      training: deps.mode === 'training',
    },
    PROBE_MS,
  )
  if (connected.kind === 'trouble') return { trouble: connected.trouble }
  connected.socket.destroy()
  return { ms: deps.clock.now() - from }
}
