import type { RawKeypad } from '../devices/raw-keypad.port'
import type { KeypadState } from '../devices/relay/messages'
import type { Clock } from '../platform/clock'
import type { Log } from '../platform/log'
import { relayArguments, RELAY_USAGE, type RelayArguments } from './arguments'
import { relayIdentity, type RelayIdentity } from './certificate'
import { openPairing, type Pairing } from './pairing-file'
import { KeypadRelay } from './relay-server'

/** Exit codes of the relay, as its usage tells them. */
export const RELAY_EXIT = { ended: 0, unexpected: 1, usage: 2, address: 3, kept: 4 } as const
type RelayExit = (typeof RELAY_EXIT)[keyof typeof RELAY_EXIT]

/** A line of the relay's standard output, as JSON. */
export type RelayLine =
  | {
      readonly ready: true
      readonly relay: {
        readonly name: string
        readonly host: string
        readonly port: number
        /** Hex in pairs with colons between. */
        readonly fingerprint256: string
      }
      /** The code, only at the start that made it; null: it was made before and is kept nowhere. */
      readonly pairingCode: string | null
      readonly keypad: KeypadState
      readonly pid: number
    }
  | { readonly event: 'keypad'; readonly keypad: KeypadState }
  | { readonly event: 'ended' }
  | { readonly error: 'usage' | 'address' | 'kept' | 'unexpected'; readonly message: string }

export interface RelayRunDeps {
  /** The relay's own folder: certificate and pairing. */
  readonly folder: string
  readonly keypad: RawKeypad
  readonly clock: Clock
  readonly log: Log
  say(line: RelayLine): void
  complain(text: string): void
}

export type RelayRun =
  /** It has ended by itself; nothing is left to close. */
  | { readonly kind: 'failed'; readonly exitCode: RelayExit }
  | { readonly kind: 'running'; readonly relay: KeypadRelay; close(): Promise<void> }

/** Starts the relay and tells about it in lines. The keypad is closed with it, or at once when it cannot start. */
export async function runRelay(args: readonly string[], deps: RelayRunDeps): Promise<RelayRun> {
  const failed = async (error: keyof typeof RELAY_EXIT, cause: unknown): Promise<RelayRun> => {
    const message = cause instanceof Error ? cause.message : String(cause)
    if (error !== 'ended') deps.say({ error, message })
    if (error === 'usage') deps.complain(RELAY_USAGE)
    deps.log.error({ error, err: message }, 'relay could not start')
    await deps.keypad.close()
    return { kind: 'failed', exitCode: RELAY_EXIT[error] }
  }
  let wanted: RelayArguments
  try {
    wanted = relayArguments(args)
  } catch (error) {
    return failed('usage', error)
  }
  let kept: { identity: RelayIdentity; pairing: Pairing }
  try {
    const identity = await relayIdentity(deps.folder, deps.clock)
    kept = { identity, pairing: await openPairing(deps.folder, wanted.newPairing) }
  } catch (error) {
    return failed('kept', error)
  }
  try {
    return await serve(wanted, kept, deps)
  } catch (error) {
    return failed('address', error)
  }
}

async function serve(
  { host, port: wantedPort, name }: RelayArguments,
  { identity, pairing }: { identity: RelayIdentity; pairing: Pairing },
  { keypad, clock, log, say }: RelayRunDeps,
): Promise<RelayRun> {
  let ready = false
  const relay = new KeypadRelay({
    host,
    port: wantedPort,
    name,
    identity,
    verifier: pairing.verifier,
    keypad,
    clock,
    log,
    onState: (state) => {
      if (ready) say({ event: 'keypad', keypad: state })
    },
  })
  const port = await relay.listen()
  ready = true
  // In pairs, as the desk's settings show it: a person compares the two.
  const fingerprint256 = identity.fingerprint256.match(/../g)?.join(':') ?? ''
  say({
    ready: true,
    relay: { name, host, port, fingerprint256 },
    pairingCode: pairing.newCode,
    keypad: relay.state,
    pid: process.pid,
  })
  log.info({ host, port }, 'relay listens')
  return {
    kind: 'running',
    relay,
    async close() {
      ready = false
      await relay.close()
      await keypad.close()
      log.info({}, 'relay ended')
      say({ event: 'ended' })
    },
  }
}
