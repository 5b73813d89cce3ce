import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { builtChild } from './built-child'

const Ready = z.object({
  ready: z.literal(true),
  relay: z.object({
    host: z.string(),
    port: z.int(),
    tls: z.boolean(),
    fingerprint256: z.string().nullable(),
  }),
  control: z.object({ port: z.int(), token: z.string() }),
})

const ENTRY = resolve(import.meta.dirname, '../../src/simulator/keypad/main.ts')

export interface KeyOptions {
  readonly pan?: string
  readonly exp?: string
  readonly format?: 'C0' | '85'
  readonly fault?: string | null
}

/** The keypad simulator as a process of its own, as it runs in training. */
export interface SimulatorProcess {
  readonly relay: z.infer<typeof Ready>['relay']
  readonly folder: string
  /** Keys a card; resolves when the last report has been sent. */
  key(options?: KeyOptions): Promise<{ status: number; body: unknown }>
  plug(plugged: boolean): Promise<void>
  control(path: string, body: object, token?: string): Promise<Response>
  signal(name: NodeJS.Signals): void
  /** Ends the process and waits for its exit. */
  stop(name?: NodeJS.Signals): Promise<void>
}

/** A folder for the simulator's counter and certificate, and the way to remove it. */
export function simulatorFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'keypad-simulator-'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export async function startSimulator(folder: string, ...args: readonly string[]): Promise<SimulatorProcess> {
  const child = spawn(process.execPath, [builtChild(ENTRY), '--data', folder, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const line = await firstLine(child)
  const ready = Ready.parse(JSON.parse(line))
  const control = (path: string, body: object, token = ready.control.token) =>
    fetch(`http://127.0.0.1:${ready.control.port}${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    })
  return {
    relay: ready.relay,
    folder,
    control,
    key: async (options = {}) => {
      const response = await control('/key', { pan: '4111111111111111', exp: '3012', ...options })
      return { status: response.status, body: await response.json() }
    },
    plug: async (plugged) => {
      await control('/plug', { plugged })
    },
    signal: (name) => child.kill(name),
    stop: async (name = 'SIGTERM') => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const exited = once(child, 'exit')
      child.kill(name)
      await exited
    },
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) throw new Error('no standard output')
    createInterface(child.stdout).once('line', resolve)
    child.once('exit', (code) => reject(new Error(`the simulator ended with ${code}`)))
  })
}
