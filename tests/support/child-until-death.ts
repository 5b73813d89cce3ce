import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { builtChild } from './built-child'

/** Runs a program of this folder with a task; what it said, parsed, or null when it was killed before its end. */
export async function childUntilDeath(program: string, task: object): Promise<unknown> {
  const child = spawn(
    process.execPath,
    [builtChild(join(import.meta.dirname, program)), JSON.stringify(task)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const [said, trouble] = [text(child.stdout), text(child.stderr)]
  const [code, signal]: unknown[] = await once(child, 'exit')
  if (signal === 'SIGKILL') return null
  if (code !== 0) throw new Error(await trouble)
  return JSON.parse(await said)
}
