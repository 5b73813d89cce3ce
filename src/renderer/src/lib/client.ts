import { createORPCClient, ORPCError } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { createTanstackQueryUtils } from '@orpc/tanstack-query'
import type { Contract } from '../../../contract'

function openPort(): MessagePort {
  const { port1, port2 } = new MessageChannel()
  window.postMessage('uketsuke:open', window.location.origin, [port2])
  port1.start()
  return port1
}

/** Everything that main answers, by the contract. One port for the life of the page. */
export const client: ContractRouterClient<Contract> = createORPCClient(new RPCLink({ port: openPort() }))

/** The same as queries and mutations. */
export const api = createTanstackQueryUtils(client)

/** Code of a refusal that the contract declares, or null for anything else. */
export function refusalCode(error: unknown): string | null {
  return error instanceof ORPCError && error.defined ? String(error.code) : null
}

/** Words and support code of an error, for a person. */
export function describeError(error: unknown): { message: string; supportCode: string | null } {
  const message = error instanceof Error ? error.message : ''
  const data: unknown = error instanceof Error && 'data' in error ? error.data : null
  const found: unknown =
    typeof data === 'object' && data !== null && 'supportCode' in data ? data.supportCode : null
  return { message, supportCode: typeof found === 'string' ? found : null }
}
