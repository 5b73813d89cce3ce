import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { request as httpsRequest } from 'node:https'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { json } from 'node:stream/consumers'
import { z } from 'zod'
import { CardFrame } from '../../src/main/domain/card-frame'
import type { KeyedCard } from '../../src/main/devices/keypad.port'
import type { Timeouts } from '../../src/main/gateways/http-service/connection'
import {
  httpPaymentService,
  type HttpServiceOptions,
} from '../../src/main/gateways/http-service/http-payment-service'
import type { PaymentService } from '../../src/main/gateways/payment-service.port'
import { acquirerCertificate } from '../../src/simulator/acquirer/certificate'
import type { Fault, Operation } from '../../src/simulator/acquirer/faults'
import type { Stage } from '../../src/simulator/acquirer/journal'
import { ksnWithCounter } from '../../src/simulator/dukpt'
import { enhancedFrame, originalFrame } from '../../src/simulator/keypad/frames'
import { builtChild } from './built-child'

export const SERVICE_IDS = ['sim-key', 'sim-order', 'sim-none'] as const
export type ServiceId = (typeof SERVICE_IDS)[number]

const Ready = z.object({
  ready: z.literal(true),
  url: z.url(),
  fingerprint256: z.string(),
  merchantKeys: z.object({ 'sim-key': z.string(), 'sim-order': z.string(), 'sim-none': z.string() }),
  control: z.object({ port: z.int(), token: z.string() }),
})

const Books = z.object({
  payments: z.array(
    z.object({
      service: z.string(),
      payment_id: z.string(),
      amount: z.int(),
      state: z.string(),
      transaction_id: z.string(),
      captured: z.int(),
      refunded: z.int(),
      code: z.string().nullable(),
      raw_code: z.string().nullable(),
      moto: z.int(),
      initiator: z.string(),
      first_transaction_id: z.string().nullable(),
      created_at: z.int(),
      plan: z.string().optional(),
      installments: z.int().nullable().optional(),
    }),
  ),
  operations: z.array(
    z.object({
      seq: z.int(),
      service: z.string(),
      payment_id: z.string(),
      kind: z.string(),
      key: z.string(),
      amount: z.int(),
      outcome: z.string(),
      at: z.int(),
    }),
  ),
  tokens: z.array(
    z.object({ service: z.string(), brand: z.string(), masked: z.string(), expiry: z.string() }),
  ),
})
export type AcquirerBooks = z.infer<typeof Books>

const ENTRY = resolve(import.meta.dirname, '../../src/simulator/acquirer/main.ts')
const LIMITS: Timeouts = { connectMs: 10_000, answerMs: 30_000 }

/** The simulated payment services as a process of their own, as they run in training. */
export interface AcquirerProcess {
  readonly ready: z.infer<typeof Ready>
  /** What the process wrote about itself; the desk reads this file. */
  readonly file: string
  /** An adapter on one of the services. Close it, or let `stop` close it. */
  service(
    id?: ServiceId,
    options?: Partial<Pick<HttpServiceOptions, 'timeouts' | 'trace' | 'fingerprint256'>>,
  ): PaymentService
  /** A raw request to a service, its certificate checked by name; a POST when there is a body. */
  raw(id: ServiceId, path: string, body?: object | string): Promise<{ status: number; body: unknown }>
  /** A raw POST or GET on the control port; answers of 4xx are returned, not thrown. */
  control(path: string, body?: object, token?: string): Promise<{ status: number; body: unknown }>
  /** Orders what goes wrong with the next `times` requests of this kind. */
  fault(operation: Operation, fault: Fault, times?: number): Promise<void>
  /** Forgets all ordered faults, and listens again. */
  clear(): Promise<void>
  /** False: connections are refused. */
  listen(on: boolean): Promise<void>
  /** Moves the service's clock forward. */
  advanceClock(ms: number): Promise<void>
  /** Lets go what a fault without `ms` holds back; tells how much it was. */
  release(): Promise<number>
  books(): Promise<AcquirerBooks>
  /** Take it before the request; then `waitFor` cannot miss the event. */
  mark(): Promise<number>
  waitFor(operation: Operation, stage: Stage, mark: number): Promise<number>
  kill(): Promise<void>
  stop(): Promise<void>
}

export function acquirerFolder(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'acquirer-'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

let certificate: Promise<string> | null = null

async function makeCertificate(): Promise<string> {
  const { folder, remove } = acquirerFolder()
  process.once('exit', remove)
  await acquirerCertificate(folder)
  return join(folder, 'acquirer.pem')
}

/** Gives new services the certificate of those before: making one is a third of their start. */
export async function putCertificate(folder: string): Promise<void> {
  certificate ??= makeCertificate()
  const own = join(folder, 'acquirer.pem')
  if (existsSync(own)) return
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  copyFileSync(await certificate, own)
}

/** Starts the services on `folder`; a folder that was used before keeps its books, keys and certificate. */
export async function startAcquirer(folder: string, ...args: readonly string[]): Promise<AcquirerProcess> {
  await putCertificate(folder)
  const child = spawn(process.execPath, [builtChild(ENTRY), '--data', folder, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ready = Ready.parse(JSON.parse(await firstLine(child)))
  const open: PaymentService[] = []
  const control = async (path: string, body?: object, token = ready.control.token) => {
    const response = await fetch(`http://127.0.0.1:${ready.control.port}${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { authorization: `Bearer ${token}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
    })
    const answer: unknown = await response.json()
    return { status: response.status, body: answer }
  }
  const order = async (path: string, body?: object): Promise<unknown> => {
    const answer = await control(path, body)
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
    return answer.body
  }
  const seq = (answer: unknown): number => z.object({ seq: z.int() }).parse(answer).seq
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit')
      child.kill(signal)
      await exited
    }
    await Promise.all(open.splice(0).map((service) => service.close()))
  }
  return {
    ready,
    file: join(folder, 'acquirer.json'),
    control,
    raw: (id, path, body) =>
      new Promise((resolve, reject) => {
        const request = httpsRequest(new URL(path, ready.url), {
          method: body === undefined ? 'GET' : 'POST',
          headers: { authorization: `Bearer ${ready.merchantKeys[id]}` },
          ca: readFileSync(join(folder, 'acquirer.pem')),
          agent: false,
        })
        request.once('error', reject)
        request.once('response', (response) => {
          const status = response.statusCode ?? 0
          json(response).then((answer) => resolve({ status, body: answer }), reject)
        })
        request.end(typeof body === 'object' ? JSON.stringify(body) : body)
      }),
    service(id = 'sim-key', options = {}) {
      const { url, fingerprint256, merchantKeys } = ready
      const merchantKey = merchantKeys[id]
      const made = { id, name: id, url, fingerprint256, merchantKey, timeouts: LIMITS, ...options }
      const service = httpPaymentService(made)
      open.push(service)
      return service
    },
    fault: async (operation, fault, times = 1) => void (await order('/fault', { operation, fault, times })),
    clear: async () => void (await order('/clear', {})),
    listen: async (on) => void (await order('/listen', { on })),
    advanceClock: async (ms) => void (await order('/clock', { ms })),
    release: async () => z.object({ released: z.int() }).parse(await order('/release', {})).released,
    books: async () => Books.parse(await order('/books')),
    mark: async () => seq(await order('/mark')),
    waitFor: async (operation, stage, mark) => seq(await order('/wait', { operation, stage, after: mark })),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) throw new Error('no standard output')
    createInterface(child.stdout).once('line', resolve)
    child.once('exit', (code) => reject(new Error(`the acquirer ended with ${code}`)))
  })
}

const KSN_BASE = 'FFFF9876543210E00000'

export interface KeyedOptions {
  readonly pan?: string
  /** YYMM */
  readonly expiry?: string
  readonly format?: 'C0' | '85'
  readonly cipher?: 'TDES' | 'AES'
  readonly counter?: number
}

/** The bytes that a keypad with the public test key would send. */
export function keyedBytes(options: KeyedOptions = {}): Buffer {
  const { pan = '4111111111111111', expiry = '3012', format = 'C0', cipher = 'TDES', counter = 1 } = options
  const ksn = ksnWithCounter(KSN_BASE, counter)
  return format === 'C0'
    ? enhancedFrame({ pan, expiry }, ksn, { serial: 'TEST000001', cipher })
    : originalFrame({ pan, expiry }, ksn)
}

/** Any bytes as a frame that can be handed to `tokenize`. */
export const frameOf = (bytes: Uint8Array): CardFrame =>
  new CardFrame(bytes, {
    format: 'C0',
    masked: null,
    expiryYYMM: null,
    serial: 'TEST000001',
    keySet: KSN_BASE,
    counter: 1,
    cipher: 'TDES-CBC',
  })

export const keyedFrame = (options: KeyedOptions = {}): CardFrame => frameOf(keyedBytes(options))

/** A keyed card whose counter has been written. */
export const recordedCard = (frame: CardFrame): KeyedCard => ({ frame, lateRefusal: Promise.resolve(null) })

/** Keys a card and returns its token. */
export async function tokenFor(service: PaymentService, options: KeyedOptions = {}): Promise<string> {
  const answer = await service.tokenize(keyedFrame(options))
  if (answer.kind !== 'tokenized') throw new Error(`no token: ${JSON.stringify(answer)}`)
  return answer.token
}
