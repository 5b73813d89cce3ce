import { z } from 'zod'

interface Control {
  readonly port: number
  readonly token: string
}

async function call(control: Control, method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${control.port}${path}`, {
    method,
    headers: { authorization: `Bearer ${control.token}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })
  const answer: unknown = await response.json().catch(() => ({}))
  if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`)
  return answer
}

const Books = z.object({
  payments: z.array(
    z.object({
      service: z.string(),
      payment_id: z.string(),
      amount: z.number(),
      state: z.string(),
      moto: z.number(),
      initiator: z.string(),
      transaction_id: z.string(),
      first_transaction_id: z.string().nullable(),
      plan: z.string(),
      installments: z.int().nullable(),
    }),
  ),
  operations: z.array(
    z.object({ payment_id: z.string(), kind: z.string(), outcome: z.string(), key: z.string() }),
  ),
  tokens: z.array(z.unknown()),
})

type Operation = 'tokens' | 'authorize' | 'capture' | 'void' | 'refund' | 'inquire' | 'handshake'

/** The switchboard of the simulated payment services. */
export const acquirerControl = (control: Control) => ({
  books: async () => Books.parse(await call(control, 'GET', '/books')),
  fault: (operation: Operation, fault: { kind: string; ms?: number; code?: string }, times = 1) =>
    call(control, 'POST', '/fault', { operation, fault, times }),
  clear: () => call(control, 'POST', '/clear'),
  listen: (on: boolean) => call(control, 'POST', '/listen', { on }),
  advanceClock: (ms: number) => call(control, 'POST', '/clock', { ms }),
})
export type AcquirerControl = ReturnType<typeof acquirerControl>

/** The keys of the simulated keypad. */
export const keypadControl = (control: Control) => ({
  key: (pan: string, options: { exp?: string; fault?: string; format?: string } = {}) =>
    call(control, 'POST', '/key', { pan, exp: '3012', ...options }),
  plug: (plugged: boolean) => call(control, 'POST', '/plug', { plugged }),
})
export type KeypadControl = ReturnType<typeof keypadControl>
