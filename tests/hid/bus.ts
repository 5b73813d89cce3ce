import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { AnswerSchema, type Request, type Unit } from './wire'

/** A plugged-in virtual keypad. */
export interface Plugged {
  readonly node: string
  /** Sends bytes as input reports of the device's size, the last one zero filled. */
  send(bytes: Uint8Array): Promise<void>
  /** Commands that came as feature reports, in hex, zero filled as they came. */
  commands(): Promise<readonly string[]>
  unplug(): Promise<void>
}

export const SREDKEY: Unit = {
  name: 'ID TECH SREDKey 2',
  uniq: 'unit-1',
  vendor: 0x0acd,
  product: 0x2699,
  usagePage: 0xff00,
  usage: 1,
  inputBytes: 64,
  featureBytes: 8,
  replies: {},
  notReady: 2,
  turns: null,
}

/** USB sockets for virtual keypads, played by the emulator's process. */
export class Bus {
  readonly #emulator: ChildProcess
  readonly #waiting = new Map<number, (raw: unknown) => void>()
  readonly #plugged = new Set<string>()
  #number = 0

  constructor() {
    this.#emulator = fork(join(import.meta.dirname, 'emulator.mjs'), {
      // Each device has one read that waits for the kernel.
      env: { ...process.env, UV_THREADPOOL_SIZE: '32' },
    })
    this.#emulator.on('message', (raw) => {
      const { number } = AnswerSchema.parse(raw)
      this.#waiting.get(number)?.(raw)
    })
  }

  async plug(change: Partial<Unit> = {}): Promise<Plugged> {
    const unit = { ...SREDKEY, ...change }
    const { uniq, inputBytes } = unit
    const [node = ''] = await this.#ask({ kind: 'plug', unit })
    this.#plugged.add(uniq)
    return {
      node,
      send: async (bytes) => {
        await this.#ask({ kind: 'reports', uniq, reports: inReports(bytes, inputBytes) })
      },
      commands: () => this.#ask({ kind: 'commands', uniq }),
      unplug: () => this.#unplug(uniq),
    }
  }

  async unplugAll(): Promise<void> {
    for (const uniq of this.#plugged) await this.#unplug(uniq)
  }

  close(): void {
    this.#emulator.disconnect()
  }

  async #unplug(uniq: string): Promise<void> {
    this.#plugged.delete(uniq)
    await this.#ask({ kind: 'unplug', uniq })
  }

  async #ask(ask: Request['ask']): Promise<string[]> {
    this.#number += 1
    const number = this.#number
    const raw = await new Promise<unknown>((resolve) => {
      this.#waiting.set(number, resolve)
      this.#emulator.send({ number, ask } satisfies Request)
    })
    this.#waiting.delete(number)
    const { result, error } = AnswerSchema.parse(raw)
    if (error !== null) throw new Error(error)
    return result
  }
}

function inReports(bytes: Uint8Array, size: number): string[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => {
    const report = Buffer.alloc(size)
    report.set(bytes.subarray(index * size, (index + 1) * size))
    return report.toString('hex')
  })
}
