import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'
import type { KeypadFrameReceiver } from '../../src/main/domain/keypad-frame/index'
import { fuzzReceiver } from '../support/keypad-fuzz'

/** The fuzz shows something only if it finds what it is for: each fault goes into a copy of the receiver. */
const FAULTS = [
  {
    name: 'length bytes in the wrong order',
    file: 'scanner.ts',
    sound: 'low + high * 256',
    broken: 'high + low * 256',
  },
  {
    name: 'LRC not checked',
    file: 'scanner.ts',
    sound: 'if (lrc !== checks.lrc)',
    broken: 'if (lrc === -1)',
  },
  {
    name: 'no search behind the STX of a failed candidate',
    file: 'scanner.ts',
    sound: 'this.#drop(1)',
    broken: 'this.#drop(span)',
  },
  {
    name: 'KSN counter not checked',
    file: 'receiver.ts',
    sound: 'if (counter <= last)',
    broken: 'if (counter <= -1)',
  },
  {
    name: 'ciphertext at a fixed offset',
    file: 'keyed-enhanced.ts',
    sound: 'fields.text(length)',
    broken: 'fields.text(length === 0 ? 0 : 24)',
  },
]

const root = fileURLToPath(new URL('../..', import.meta.url))
const copies = join(root, 'out', 'receiver-faults', String(process.pid))
afterAll(() => rmSync(copies, { recursive: true, force: true }))

type Receiver = typeof KeypadFrameReceiver

/** The receiver with one fault in it, from a copy of its folder. */
async function faultyReceiver(fault: { name: string; file: string; sound: string; broken: string }) {
  const copy = join(copies, fault.name.replaceAll(' ', '-'))
  const domain = join(root, 'src', 'main', 'domain')
  mkdirSync(copy, { recursive: true })
  cpSync(join(domain, 'keypad-frame'), join(copy, 'keypad-frame'), {
    recursive: true,
    filter: (path) => !path.endsWith('.test.ts'),
  })
  cpSync(join(domain, 'card-frame.ts'), join(copy, 'card-frame.ts'))
  const path = join(copy, 'keypad-frame', fault.file)
  const source = readFileSync(path, 'utf8')
  expect(source.split(fault.sound), `${fault.sound} stands once in ${fault.file}`).toHaveLength(2)
  writeFileSync(path, source.replace(fault.sound, fault.broken))
  const module: { KeypadFrameReceiver: Receiver } = await import(join(dirname(path), 'index.ts'))
  return module.KeypadFrameReceiver
}

const run = (Faulty: Receiver, hangMs?: number) =>
  fuzzReceiver({
    streams: 20_000,
    seed: 1,
    receiver: (options) => new Faulty(options),
    ...(hangMs === undefined ? {} : { hangMs }),
  })

it.each(FAULTS)('the fuzz finds: $name', async (fault) => {
  const { difference } = await run(await faultyReceiver(fault))
  expect(difference).toMatch(/^seed 1, stream \d+: (frames|facts)/)
})

it('the fuzz finds: a candidate that is never let go', async () => {
  const Faulty = await faultyReceiver({
    name: 'hangs',
    file: 'scanner.ts',
    sound: 'this.#drop(1)',
    broken: 'this.#drop(0)',
  })
  expect((await run(Faulty, 300)).difference).toMatch(/^seed 1, stream \d+: .*timed out/)
})

it('the fuzz finds: an exception that gets out', async () => {
  const Faulty = await faultyReceiver({
    name: 'throws',
    file: 'layout.ts',
    sound: 'if (error instanceof Refused)',
    broken: 'if (error === null)',
  })
  expect((await run(Faulty)).difference).toMatch(/^seed 1, stream \d+: .*(Error|not-encrypted|structure)/)
})

it('the fuzz finds: bytes that are kept', async () => {
  const Faulty = await faultyReceiver({
    name: 'leaks',
    file: 'scanner.ts',
    sound: 'this.#buffer = joined',
    broken: 'this.#buffer = joined; keptForEver.push(joined.slice())',
  })
  const kept: Uint8Array[] = []
  Reflect.set(globalThis, 'keptForEver', kept)
  const { difference, heapGrowth } = await run(Faulty)
  Reflect.deleteProperty(globalThis, 'keptForEver')
  expect(difference).toBeNull()
  expect(heapGrowth).toBeGreaterThan(10 * 2 ** 20)
})
