// @ts-check
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { register } from 'tsx/esm/api'
import { frameNeedles, needlesOf, processKind, processTree, searchFiles, searchMemory } from './memory.mjs'

/** @typedef {{ where: string, what: string }} Finding */

/** The ciphertexts that the simulated keypad has sent so far: with the public test key they can be made again. */
export async function sentCiphertexts(
  /** @type {string} */ keypadFolder,
  /** @type {string} */ pan,
  /** @type {string} */ expiry,
) {
  register()
  const { enhancedFrame } = await import('../../src/simulator/keypad/frames.ts')
  const { ksnWithCounter, nextCounter } = await import('../../src/simulator/dukpt/index.ts')
  const stored = JSON.parse(readFileSync(join(keypadFolder, 'ksn.json'), 'utf8'))
  const frames = []
  for (
    let counter = nextCounter(0);
    counter !== null && counter <= stored.counter;
    counter = nextCounter(counter)
  ) {
    const ksn = ksnWithCounter(stored.ksnBase, counter)
    const frame = enhancedFrame({ pan, expiry }, ksn, { serial: 'TEST000001', cipher: 'TDES' })
    frames.push(Buffer.from(frame))
  }
  return frames
}

/**
 * Looks for the card number in all of the desk's processes and files, and for the frame everywhere but in main.
 * @param {{ deskPid: number, profile: string, pan: string, frames: Buffer[] }} world
 */
export function scan({ deskPid, profile, pan, frames }) {
  const numbers = needlesOf(pan)
  const ciphers = frames.flatMap((frame) => frameNeedles(frame))
  /** @type {Finding[]} */
  const findings = []
  /** @type {Record<string, number>} */
  const scanned = {}
  for (const pid of processTree(deskPid)) {
    const kind = processKind(pid)
    if (kind === 'ended') continue
    const needles = kind === 'main' ? numbers : [...numbers, ...ciphers]
    const result = searchMemory(pid, needles)
    scanned[`${kind} ${pid}`] = result.scanned
    findings.push(
      ...result.found.map((hit) => ({ where: `${kind} ${pid} ${hit.at} ${hit.map}`, what: hit.needle })),
    )
  }
  const files = searchFiles(profile, [...numbers, ...ciphers])
  findings.push(...files.found.map((hit) => ({ where: hit.file, what: hit.needle })))
  return { findings, scanned, files: files.files }
}
