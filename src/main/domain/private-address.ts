type Bytes = readonly number[]

/** Four plain decimal numbers, nothing else: octal, hex and shortened forms are read differently elsewhere. */
function ipv4(address: string): Bytes | null {
  const parts = address.split('.')
  const plain = /^(0|[1-9]\d{0,2})$/
  if (parts.length !== 4 || !parts.every((part) => plain.test(part) && Number(part) <= 255)) return null
  return parts.map(Number)
}

/** Eight groups of RFC 4291 text form, without zone and without an IPv4 tail. */
function ipv6(address: string): Bytes | null {
  const halves = address.split('::')
  if (halves.length > 2) return null
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')))
  const [head = [], tail = []] = groups
  if (![...head, ...tail].every((group) => /^[\da-f]{1,4}$/i.test(group))) return null
  const missing = 8 - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null
  return [...head, ...Array.from({ length: missing }, () => '0'), ...tail].map((group) =>
    Number.parseInt(group, 16),
  )
}

/** True for 127.0.0.0/8 and ::1 written as plain literals; names, also `localhost`, are not addresses. */
export function isLoopbackAddress(address: string): boolean {
  const four = ipv4(address)
  if (four !== null) return four[0] === 127
  const six = ipv6(address)
  return six !== null && six.every((group, index) => group === (index === 7 ? 1 : 0))
}

/**
 * True for literal addresses that cannot leave the shop's own network: loopback, private (RFC 1918, RFC 4193)
 * and link-local (RFC 3927, RFC 4291). Mapped and unusual spellings are refused, whatever they mean.
 */
export function isPrivateAddress(address: string): boolean {
  if (isLoopbackAddress(address)) return true
  const four = ipv4(address)
  if (four !== null) return isPrivateFour(four)
  const [bare = '', zone, ...more] = address.split('%')
  const first = ipv6(bare)?.[0]
  if (first === undefined || more.length > 0) return false
  const linkLocal = (first & 0xffc0) === 0xfe80
  // A link-local address may name its network interface; no other address has a use for one.
  if (zone !== undefined) return linkLocal && /^[\w.-]{1,15}$/.test(zone)
  return linkLocal || (first & 0xfe00) === 0xfc00
}

function isPrivateFour([a = 0, b = 0]: Bytes): boolean {
  if (a === 10) return true
  if (a === 172) return b >= 16 && b <= 31
  return (a === 192 && b === 168) || (a === 169 && b === 254)
}
