import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { foreignHolders } from './foreign-holder'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'keypad-holder-'))
  writeFileSync(join(folder, 'device'), '')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe.runIf(process.platform === 'linux')('programs that have the device open', () => {
  it('others are named, also by another name of the device; this process is not', async () => {
    const device = join(folder, 'device')
    symlinkSync(device, join(folder, 'by-id'))
    const own = await open(device)
    expect(await foreignHolders(device)).toEqual([])

    const program = spawn('sh', ['-c', 'exec 3<"$0"; echo open; read line', device])
    await once(program.stdout, 'data')
    const expected = [{ pid: program.pid, name: 'sh' }]
    expect(await foreignHolders(device)).toEqual(expected)
    expect(await foreignHolders(join(folder, 'by-id'))).toEqual(expected)

    const exit = once(program, 'exit')
    program.stdin.end()
    await exit
    expect(await foreignHolders(device)).toEqual([])
    await own.close()
  })

  it('what cannot be looked at holds nothing', async () => {
    expect(await foreignHolders(join(folder, 'gone'))).toEqual([])
    expect(await foreignHolders(join(folder, 'device'), { proc: join(folder, 'no-proc') })).toEqual([])
  })
})
