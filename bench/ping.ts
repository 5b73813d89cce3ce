import { RPCLink } from '@orpc/client/message-port'
import { implement } from '@orpc/server'
import pino from 'pino'
import { jobs, type JobView } from '../src/contract/jobs'
import { systemClock as clock } from '../src/main/platform/clock'
import type { CallContext } from '../src/main/platform/call-context'
import { createHandler } from '../src/main/rpc/handler'

const EVERY_MS = 20

/** Calls main over its port all the time, as a window does; the answer stops it and gives the ms of each call. */
export function pinger(live: () => readonly JobView[]): { stop(): number[] } {
  const os = implement(jobs).$context<CallContext>()
  const router = os.router({ live: os.live.handler(() => [...live()]) })
  const session = {
    userId: '00000000-0000-7000-8000-000000000000',
    name: '',
    email: '',
    role: 'admin' as const,
    permissions: ['home.read' as const],
    shop: { id: '', name: '' },
    locked: false,
    idleLockMinutes: 600,
  }
  const { port1, port2 } = new MessageChannel()
  const seat = { name: 'bench', session, lastTouchedAt: clock.now() }
  createHandler(router, { clock, log: pino({ level: 'silent' }) }).upgrade(port2, { context: { seat } })
  const link = new RPCLink<Record<never, never>>({ port: port1 })
  port1.start()
  port2.start()
  const waits: number[] = []
  const timer = setInterval(() => {
    const from = performance.now()
    // A call that is under way when the port closes is broken off.
    void link.call(['live'], undefined, { context: {} }).then(
      () => waits.push(performance.now() - from),
      () => undefined,
    )
  }, EVERY_MS)
  return {
    stop() {
      clearInterval(timer)
      port1.close()
      return waits
    },
  }
}
