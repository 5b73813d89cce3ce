import type { Socket } from 'node:net'
import { isPrivateAddress } from '../domain/private-address'

/** The address of the other side as a plain literal; IPv4 behind an IPv6 socket is told as IPv4. */
export function peerOf(socket: Socket): string {
  const address = socket.remoteAddress ?? ''
  return address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address
}

/** Whether a desk may come from there: nothing outside of the shop's own network is answered. */
export const isAllowedPeer = (address: string): boolean => isPrivateAddress(address)

/**
 * Why the relay may not listen there; null when it may. An address that stands for all of them (0.0.0.0, ::) would
 * also serve networks that the shop does not own.
 */
export function listenFault(host: string): string | null {
  return isPrivateAddress(host)
    ? null
    : 'only a literal loopback, private or link-local address of this PC can be listened on'
}
