// @ts-check
import { join } from 'node:path'
import { ROOT } from './paths.mjs'

/** @typedef {{ file: string, find: string, put: string }} Plant One fault: this text of the receiver becomes that. */

const scanner = 'src/main/domain/keypad-frame/scanner.ts'
const receiver = 'src/main/domain/keypad-frame/receiver.ts'

/** Faults that the tests of the HID driver must see. @type {Record<string, Plant>} */
export const PLANTS = {
  /** The two length bytes in the wrong order. */
  length: { file: scanner, find: 'low + high * 256', put: 'high + low * 256' },
  /** The XOR of the card data is not checked. */
  lrc: { file: scanner, find: "if (lrc !== checks.lrc) return 'lrc'", put: '' },
  /** A candidate that fails takes everything behind it along. */
  resync: { file: scanner, find: 'this.#drop(1)', put: 'this.#drop(this.#buffer.length)' },
  /** A counter that was seen before is taken again. */
  ksn: { file: receiver, find: 'if (counter <= last) {', put: 'if (counter < 0) {' },
  /** A frame is looked for at the front only. */
  offset: {
    file: scanner,
    find: 'this.#buffer.indexOf(STX)',
    put: '(this.#buffer[0] === STX ? 0 : -1)',
  },
}

/** Puts a fault into a source text. Throws unless the text to replace is there exactly once. */
export function planted(/** @type {string} */ source, /** @type {Plant} */ { file, find, put }) {
  const parts = source.split(find)
  if (parts.length !== 2) throw new Error(`cannot plant: ${file} has ${parts.length - 1} times: ${find}`)
  return parts.join(put)
}

/**
 * Vite plugin that plants one fault while bundling; a fault that found no place fails the bundle.
 * @returns {import('vite').Plugin}
 */
export function plantPlugin(/** @type {Plant} */ plant) {
  const target = join(ROOT, plant.file)
  let done = false
  return {
    name: 'plant-a-fault',
    enforce: 'pre',
    transform(code, id) {
      if (id !== target) return null
      done = true
      return { code: planted(code, plant), map: null }
    },
    buildEnd(error) {
      if (!done && error === undefined) throw new Error(`cannot plant: ${plant.file} is not in the bundle`)
    },
  }
}
