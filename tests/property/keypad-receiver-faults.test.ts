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

it.each(FAULTS)('the fuzz finds: $name', async ({ name, file, sound, broken }) => {
  const copy = join(copies, name.replaceAll(' ', '-'))
  const domain = join(root, 'src', 'main', 'domain')
  mkdirSync(copy, { recursive: true })
  cpSync(join(domain, 'keypad-frame'), join(copy, 'keypad-frame'), {
    recursive: true,
    filter: (path) => !path.endsWith('.test.ts'),
  })
  cpSync(join(domain, 'card-frame.ts'), join(copy, 'card-frame.ts'))
  const path = join(copy, 'keypad-frame', file)
  const source = readFileSync(path, 'utf8')
  expect(source.split(sound), `${sound} stands once in ${file}`).toHaveLength(2)
  writeFileSync(path, source.replace(sound, broken))

  const faulty: { KeypadFrameReceiver: typeof KeypadFrameReceiver } = await import(
    join(dirname(path), 'index.ts')
  )
  const result = await fuzzReceiver({
    streams: 20_000,
    seed: 1,
    receiver: (options) => new faulty.KeypadFrameReceiver(options),
  })
  expect(result.difference).toMatch(/^seed 1, stream \d+/)
})
