import { fork, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { z } from 'zod'

const StatusSchema = z.object({ kind: z.string(), trouble: z.string().optional() })

/** Word of a status: `ready`, or the trouble. */
export type Word = string

export interface OtherDesk {
  readonly pid: number
  /** Resolves when the desk has told this word. */
  until(word: Word): Promise<void>
  readonly words: readonly Word[]
  /** `claim`, or a text that it keeps, turned round. */
  tell(word: string): void
  kill(): Promise<void>
}

/** Another desk on the same machine; under another user when one is named. */
export function otherDesk(lockFolder: string, user?: number): OtherDesk {
  const args = user === undefined ? [lockFolder] : [lockFolder, String(user)]
  const child = fork(join(import.meta.dirname, 'desk.mjs'), args)
  const words: Word[] = []
  let check: () => void = () => undefined
  child.on('message', (raw) => {
    const { kind, trouble } = StatusSchema.parse(raw)
    words.push(trouble ?? kind)
    check()
  })
  return {
    pid: child.pid ?? 0,
    words,
    tell: (word) => void child.send(word),
    until: (word) =>
      new Promise((resolve, reject) => {
        check = () => {
          if (words.includes(word)) resolve()
        }
        child.once('exit', (code) => reject(new Error(`the other desk ended with ${code}: ${words.join()}`)))
        check()
      }),
    kill: () => ended(child),
  }
}

/** A program of somebody else that has the device open. */
export async function foreignProgram(node: string): Promise<{ pid: number; kill(): Promise<void> }> {
  const script = 'exec 3<>"$0"; echo open; read line'
  const child = spawn('/bin/sh', ['-c', script, node], { stdio: ['pipe', 'pipe', 'inherit'] })
  await once(child.stdout, 'data')
  return { pid: child.pid ?? 0, kill: () => ended(child) }
}

async function ended(child: ChildProcess): Promise<void> {
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}
