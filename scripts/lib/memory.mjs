// @ts-check
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync, readSync } from 'node:fs'

/** Forms in which a card number could lie in memory or in a file. @returns {{ name: string, bytes: Buffer }[]} */
export function needlesOf(/** @type {string} */ pan) {
  const bcd = Buffer.from(pan.length % 2 === 0 ? pan : `${pan}F`, 'hex')
  const groups = pan.replace(/(.{4})(?=.)/g, '$1 ')
  return [
    { name: 'ASCII', bytes: Buffer.from(pan, 'latin1') },
    { name: 'UTF-16', bytes: Buffer.from(pan, 'utf16le') },
    { name: 'BCD', bytes: bcd },
    { name: 'hex text', bytes: Buffer.from(Buffer.from(pan).toString('hex')) },
    { name: 'spaced', bytes: Buffer.from(groups) },
    { name: 'hyphened', bytes: Buffer.from(groups.replaceAll(' ', '-')) },
    { name: 'spaced UTF-16', bytes: Buffer.from(groups, 'utf16le') },
  ]
}

/** Forms in which a frame could lie where it must not. @returns {{ name: string, bytes: Buffer }[]} */
export function frameNeedles(/** @type {Buffer} */ frame) {
  // The ciphertext is what matters: the masked text and the serial number around it may be known.
  const part = frame.subarray(Math.max(0, frame.length - 60), frame.length)
  return [
    { name: 'raw', bytes: part },
    { name: 'hex', bytes: Buffer.from(part.toString('hex')) },
    { name: 'HEX', bytes: Buffer.from(part.toString('hex').toUpperCase()) },
    { name: 'base64', bytes: Buffer.from(frame.toString('base64').slice(8, 72)) },
    { name: 'hex UTF-16', bytes: Buffer.from(part.toString('hex'), 'utf16le') },
  ]
}

/** Process ids of a process and of all that it has started. */
export function processTree(/** @type {number} */ root) {
  /** @type {Map<number, number[]>} */
  const children = new Map()
  for (const name of readdirSync('/proc')) {
    const pid = Number(name)
    if (!Number.isInteger(pid) || pid <= 0) continue
    try {
      const parent = Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'latin1'))?.[1])
      children.set(parent, [...(children.get(parent) ?? []), pid])
    } catch {
      /* it has just ended */
    }
  }
  const tree = [root]
  for (const pid of tree) tree.push(...(children.get(pid) ?? []))
  return tree
}

/** What kind of process of Electron's a pid is. */
export function processKind(/** @type {number} */ pid) {
  try {
    const line = readFileSync(`/proc/${pid}/cmdline`, 'latin1')
    return /--type=([a-z-]+)/.exec(line)?.[1] ?? 'main'
  } catch {
    return 'ended'
  }
}

const CHUNK = 8 * 1024 * 1024
const OVERLAP = 256

/** Which needles lie in the readable memory of a process, with where. */
export function searchMemory(
  /** @type {number} */ pid,
  /** @type {{ name: string, bytes: Buffer }[]} */ needles,
) {
  const found = []
  let scanned = 0
  const maps = readFileSync(`/proc/${pid}/maps`, 'latin1').split('\n')
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  const buffer = Buffer.alloc(CHUNK + OVERLAP)
  for (const line of maps) {
    const match = /^([0-9a-f]+)-([0-9a-f]+) r..[ps] \S+ (\S+) \d+\s*(.*)$/.exec(line)
    if (!match || match[4] === '[vvar]' || match[4] === '[vsyscall]' || match[4]?.startsWith('/dev/dri'))
      continue
    const from = BigInt(`0x${match[1]}`)
    const to = BigInt(`0x${match[2]}`)
    for (let at = from; at < to; at += BigInt(CHUNK)) {
      const left = to - at
      const length = left < BigInt(CHUNK + OVERLAP) ? Number(left) : CHUNK + OVERLAP
      let read = 0
      try {
        read = readSync(memory, buffer, 0, length, at)
      } catch {
        continue
      }
      scanned += Math.min(read, CHUNK)
      const bytes = buffer.subarray(0, read)
      for (const needle of needles) {
        if (bytes.includes(needle.bytes))
          found.push({ pid, needle: needle.name, at: `0x${at.toString(16)}`, map: match[4] ?? '' })
      }
    }
  }
  closeSync(memory)
  return { found, scanned }
}

/** Which needles lie in the files below a folder. */
export function searchFiles(
  /** @type {string} */ folder,
  /** @type {{ name: string, bytes: Buffer }[]} */ needles,
) {
  const found = []
  let files = 0
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = `${entry.parentPath}/${entry.name}`
    const bytes = readFileSync(path)
    files++
    for (const needle of needles)
      if (bytes.includes(needle.bytes)) found.push({ file: path, needle: needle.name })
  }
  return { found, files }
}

/** True when the process still runs. */
export function isAlive(/** @type {number} */ pid) {
  try {
    readlinkSync(`/proc/${pid}/exe`)
    return true
  } catch {
    return false
  }
}
