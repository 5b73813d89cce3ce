import { parseArgs } from 'node:util'
import { defaultDataFolder } from './data-folder'
import type { SimulatorOptions } from './simulator'

export const SIMULATOR_USAGE =
  'keypad simulator: [--port N] [--data FOLDER] [--tls] [--pairing CODE] [--heartbeat MS]'

const DEFAULT_HEARTBEAT_MS = 5000

/** Reads the simulator's arguments. Throws `TypeError` with the reason for wrong ones. */
export function simulatorOptions(args: readonly string[], allowOthers = false): SimulatorOptions {
  const { values } = parseArgs({
    args: [...args],
    strict: !allowOthers,
    options: {
      port: { type: 'string', default: '0' },
      data: { type: 'string' },
      tls: { type: 'boolean', default: false },
      pairing: { type: 'string' },
      heartbeat: { type: 'string', default: String(DEFAULT_HEARTBEAT_MS) },
    },
  })
  return {
    port: integer(values.port, 0, 65_535, '--port'),
    dataFolder: typeof values.data === 'string' ? values.data : defaultDataFolder(),
    tls: values.tls === true,
    pairingCode: typeof values.pairing === 'string' ? values.pairing : null,
    heartbeatMs: integer(values.heartbeat, 100, 60_000, '--heartbeat'),
  }
}

function integer(text: unknown, from: number, to: number, name: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < from || value > to) throw new TypeError(`${name}: ${from} to ${to}`)
  return value
}
