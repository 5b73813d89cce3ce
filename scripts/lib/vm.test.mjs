// @ts-check
import { describe, expect, it } from 'vitest'
import { cpio } from './cpio.mjs'
import { planted, PLANTS } from './hid-plants.mjs'
import { initScript } from './vm.mjs'
import { dependencies, moduleName } from './vm-kernel.mjs'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './paths.mjs'

describe('the test machine', () => {
  it('packs an image that every member can be found in, four bytes aligned', () => {
    const image = cpio([{ path: 'bin' }, { path: 'init', data: 'hello', mode: 0o700 }])
    /** @type {{ name: string, mode: number, data: string }[]} */
    const members = []
    for (let at = 0; at < image.length;) {
      expect(image.toString('latin1', at, at + 6)).toBe('070701')
      const field = (/** @type {number} */ index) =>
        Number.parseInt(image.toString('latin1', at + 6 + index * 8, at + 14 + index * 8), 16)
      const size = field(6)
      const nameBytes = field(11)
      const name = image.toString('latin1', at + 110, at + 110 + nameBytes - 1)
      const data = at + Math.ceil((110 + nameBytes) / 4) * 4
      members.push({ name, mode: field(1), data: image.toString('latin1', data, data + size) })
      at = data + Math.ceil(size / 4) * 4
    }
    expect(members).toEqual([
      { name: 'bin', mode: 0o040755, data: '' },
      { name: 'init', mode: 0o100700, data: 'hello' },
      { name: 'TRAILER!!!', mode: 0, data: '' },
    ])
  })

  it('loads modules in order, and keeps quotes of a command', () => {
    const script = initScript(['/x/a.ko', '/x/b.ko'], [`echo 'it is'`])
    expect(script).toContain('insmod /modules/a.ko\ninsmod /modules/b.ko\n')
    expect(script).toContain(String.raw`/bin/sh -c 'echo '\''it is'\''' </dev/null`)
    expect(script.trimEnd().split('\n').at(-1)).toBe('poweroff -f')
  })

  it('reads what a module depends on', () => {
    expect(dependencies(Buffer.from('\0license=GPL\0depends=hid,virtio-ring\0name=uhid\0'))).toEqual([
      'hid',
      'virtio_ring',
    ])
    expect(dependencies(Buffer.from('\0depends=\0name=hid\0'))).toEqual([])
    expect(dependencies(Buffer.from('none'))).toEqual([])
    expect(moduleName('/lib/hid-generic.ko.xz')).toBe('hid_generic')
  })
})

describe('planted faults', () => {
  it.each(Object.entries(PLANTS))('"%s" still has its place in the receiver', (_name, plant) => {
    const source = readFileSync(join(ROOT, plant.file), 'utf8')
    expect(planted(source, plant)).not.toBe(source)
  })

  it('a fault without exactly one place is refused', () => {
    const plant = { file: 'x.ts', find: 'a', put: 'b' }
    expect(() => planted('c', plant)).toThrow('0 times')
    expect(() => planted('aa', plant)).toThrow('2 times')
  })
})
