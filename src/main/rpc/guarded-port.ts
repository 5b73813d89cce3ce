import type { MessagePortMain } from 'electron'
import { z } from 'zod'

/** A request of the page as it may look on the wire: JSON text, no uploads, no streams towards main. */
const WireMessage = z.union([
  z.object({
    i: z.string().min(1).max(64),
    t: z.literal(1).optional(),
    p: z.object({
      u: z
        .string()
        .min(2)
        .max(300)
        .startsWith('/')
        .refine((path) => !path.startsWith('//')),
      m: z.enum(['POST', 'GET']).optional(),
      h: z
        .record(z.string(), z.union([z.string(), z.array(z.string())]))
        .refine((h) => Object.keys(h).length === 0)
        .optional(),
      b: z.unknown(),
    }),
  }),
  z.object({ i: z.string().min(1).max(64), t: z.literal(4), p: z.unknown().optional() }),
])

/** Longest message that a page may send, in characters; the largest form is some 20,000. */
const MAX_MESSAGE = 1_000_000

/** True for text that the RPC decoder can take without throwing. */
export function isWireMessage(data: unknown): data is string {
  if (typeof data !== 'string' || data.length > MAX_MESSAGE) return false
  try {
    return WireMessage.safeParse(JSON.parse(data)).success
  } catch {
    return false
  }
}

type Listener = (event?: { data: unknown }) => void

/** The port as the RPC handler sees it: whatever is not a well-formed request is dropped and reported. */
export function guardedPort(port: MessagePortMain, dropped: () => void) {
  return {
    on(event: string, listener: Listener): void {
      if (event === 'close') port.on('close', () => listener())
      if (event !== 'message') return
      port.on('message', ({ data }) => {
        if (isWireMessage(data)) listener({ data })
        else dropped()
      })
    },
    postMessage(data: unknown): void {
      port.postMessage(data)
    },
  }
}
