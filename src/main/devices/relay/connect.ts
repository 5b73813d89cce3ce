import { createHash } from 'node:crypto'
import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { isLoopbackAddress, isPrivateAddress } from '../../domain/private-address'
import type { KeypadTrouble } from '../keypad.port'

/** Organisation named in the certificate of our simulator. */
const SIMULATOR_ORGANISATION = 'Uketsuke Simulator'

export interface RelayAddress {
  /** A literal address; names are not looked up. */
  readonly host: string
  readonly port: number
  /** Pinned certificate: SHA-256 of its DER form in hex, colons allowed. Null: no TLS, in training on this PC only. */
  readonly tls: { readonly fingerprint256: string } | null
  readonly training: boolean
}

export interface Connected {
  readonly kind: 'connected'
  readonly socket: Socket
  /** Of the certificate that the relay showed, upper-case hex without colons. */
  readonly fingerprint256: string | null
}
export interface Troubled {
  readonly kind: 'trouble'
  readonly trouble: KeypadTrouble
}

const trouble = (word: KeypadTrouble): Troubled => ({ kind: 'trouble', trouble: word })
const plainHex = (fingerprint: string): string => fingerprint.replaceAll(':', '').toUpperCase()

/** What forbids the address before anything is sent; null when nothing does. */
export function addressTrouble(address: RelayAddress): KeypadTrouble | null {
  if (!isPrivateAddress(address.host)) return 'address-not-private'
  const plainAllowed = address.training && isLoopbackAddress(address.host)
  return address.tls === null && !plainAllowed ? 'tls-required' : null
}

/** Opens the connection and checks the certificate before a byte of ours goes out. Never throws. */
export async function connectRelay(address: RelayAddress, timeoutMs: number): Promise<Connected | Troubled> {
  const forbidden = addressTrouble(address)
  if (forbidden !== null) return trouble(forbidden)
  const opened = await open(address, address.tls !== null, timeoutMs)
  if (opened.kind === 'trouble') return opened
  const refusal = certificateTrouble(opened, address)
  if (refusal === null) return opened
  opened.socket.destroy()
  return trouble(refusal)
}

export interface RelayCertificate {
  readonly kind: 'certificate'
  readonly fingerprint256: string
  readonly simulator: boolean
}

/** The certificate that a relay shows, for an admin to compare and pin. Sends nothing. Never throws. */
export async function readRelayCertificate(
  address: Pick<RelayAddress, 'host' | 'port'>,
  timeoutMs = 5000,
): Promise<RelayCertificate | Troubled> {
  if (!isPrivateAddress(address.host)) return trouble('address-not-private')
  const opened = await open(address, true, timeoutMs)
  if (opened.kind === 'trouble') return opened
  opened.socket.destroy()
  const { fingerprint256, simulator } = opened
  return fingerprint256 === null
    ? trouble('relay-protocol')
    : { kind: 'certificate', fingerprint256, simulator }
}

type Opened = Connected & { readonly simulator: boolean }

function certificateTrouble(opened: Opened, address: RelayAddress): KeypadTrouble | null {
  if (address.tls === null) return null
  if (opened.fingerprint256 !== plainHex(address.tls.fingerprint256)) return 'certificate-changed'
  return opened.simulator && !address.training ? 'simulator-refused' : null
}

function open(
  { host, port }: Pick<RelayAddress, 'host' | 'port'>,
  secure: boolean,
  timeoutMs: number,
): Promise<Opened | Troubled> {
  if (!Number.isInteger(port) || port < 1 || port > 65_535) return Promise.resolve(trouble('relay-refused'))
  return new Promise((resolve) => {
    // The pinned fingerprint, not an authority, says whose certificate this is.
    const secured = secure
      ? connectTls({ host, port, minVersion: 'TLSv1.2', rejectUnauthorized: false })
      : null
    const socket = secured ?? connectPlain({ host, port })
    const settle = (result: Opened | Troubled) => {
      clearTimeout(timer)
      if (result.kind === 'trouble') socket.destroy()
      else socket.removeAllListeners('close')
      resolve(result)
    }
    const timer = setTimeout(() => settle(trouble('relay-unreachable')), timeoutMs)
    // Stays for the socket's life: an error without a listener would end the process.
    socket.on('error', (error) => settle(trouble(networkTrouble(error))))
    socket.once('close', () => settle(trouble('relay-refused')))
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      socket.setNoDelay(true)
      settle({ kind: 'connected', socket, ...shownCertificate(secured) })
    })
  })
}

function shownCertificate(socket: TLSSocket | null): { fingerprint256: string | null; simulator: boolean } {
  const certificate = socket?.getPeerX509Certificate()
  if (certificate === undefined) return { fingerprint256: null, simulator: false }
  return {
    fingerprint256: createHash('sha256').update(certificate.raw).digest('hex').toUpperCase(),
    simulator: certificate.subject.split('\n').includes(`O=${SIMULATOR_ORGANISATION}`),
  }
}

const REFUSED = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE'])

/** The desk's word for a socket error. */
export function networkTrouble(error: Error): KeypadTrouble {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (REFUSED.has(code)) return 'relay-refused'
  return code === 'EPROTO' || code.startsWith('ERR_') ? 'relay-protocol' : 'relay-unreachable'
}
