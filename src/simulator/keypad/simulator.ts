import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { simulatorCertificate } from './certificate'
import { startControlServer, type KeyAnswer, type KeyRequest } from './control-server'
import { READY_FILE } from './data-folder'
import { VirtualKeypad } from './device'
import type { Holder } from './relay-desk'
import { RelayServer } from './relay-server'

export interface SimulatorOptions {
  /** 0: any free port. */
  readonly port: number
  readonly dataFolder: string
  readonly tls: boolean
  readonly pairingCode: string | null
  readonly heartbeatMs: number
}

/** The line that says that the simulator is ready, and where. */
export interface Ready {
  readonly ready: true
  readonly serial: string
  readonly relay: {
    readonly host: '127.0.0.1'
    readonly port: number
    readonly tls: boolean
    readonly fingerprint256: string | null
  }
  readonly control: { readonly port: number; readonly token: string }
  readonly pid: number
}

export interface KeypadSimulator {
  readonly ready: Ready
  key(request: KeyRequest): Promise<KeyAnswer>
  /** Who waits for a card now. */
  holder(): Holder | null
  close(): Promise<void>
}

const MISSED_LIMIT = 3

/** Starts keypad, relay and control; the same in the headless process and behind the window. */
export async function startKeypadSimulator(options: SimulatorOptions): Promise<KeypadSimulator> {
  const { dataFolder, pairingCode, heartbeatMs } = options
  mkdirSync(dataFolder, { recursive: true })
  const keypad = new VirtualKeypad(join(dataFolder, 'ksn.json'))
  const certificate = options.tls ? await simulatorCertificate(dataFolder) : null
  const { serial } = keypad.identity
  const relay = new RelayServer({ serial, certificate, pairingCode, heartbeatMs, missedLimit: MISSED_LIMIT })
  const port = await relay.listen(options.port)

  const key = async ({ pan, exp, format, fault }: KeyRequest): Promise<KeyAnswer> => {
    try {
      return { ok: true, delivered: await relay.deliver(keypad.key({ pan, expiry: exp }, format, fault)) }
    } catch (error) {
      if (error instanceof RangeError) return { ok: false, error: error.message }
      throw error
    }
  }
  const control = await startControlServer({
    key,
    setPlugged: (plugged) => relay.setPlugged(plugged),
    state: () => ({ ok: true, serial, holder: relay.holder }),
  })
  const ready: Ready = {
    ready: true,
    serial,
    relay: {
      host: '127.0.0.1',
      port,
      tls: certificate !== null,
      fingerprint256: certificate?.fingerprint256 ?? null,
    },
    control: { port: control.port, token: control.token },
    pid: process.pid,
  }
  const readyFile = join(dataFolder, READY_FILE)
  rmSync(readyFile, { force: true })
  writeFileSync(readyFile, `${JSON.stringify(ready)}\n`, { mode: 0o600 })
  return {
    ready,
    key,
    holder: () => relay.holder,
    close: async () => {
      rmSync(readyFile, { force: true })
      await Promise.all([relay.close(), control.close()])
    },
  }
}
