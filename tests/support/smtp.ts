import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { z } from 'zod'

export interface SmtpBehaviour {
  readonly security?: 'none' | 'starttls' | 'tls'
  readonly behaviour?:
    | 'accept'
    | 'no-such-recipient'
    | 'try-later'
    | 'silent'
    | 'mute-after-text'
    | 'hang-up-after-text'
  readonly user?: string
  readonly password?: string
}

const Told = z.discriminatedUnion('type', [
  z.object({ type: z.literal('listening'), port: z.int(), ca: z.string() }),
  z.object({ type: z.literal('pong') }),
  z.object({ type: z.literal('mail'), text: z.string(), secure: z.boolean(), from: z.string() }),
])
export type TakenMail = Extract<z.infer<typeof Told>, { type: 'mail' }>

export interface SmtpProcess {
  readonly port: number
  /** Its certificate (PEM). */
  readonly ca: string
  /** So long to wait for it; where it answers very long, since a busy machine is no fault of the server. */
  readonly patienceMs: number
  /** Everything that it was handed, refused or not. */
  mails(): Promise<readonly TakenMail[]>
  stop(): Promise<void>
}

/** Starts a mail server in a process of its own. */
export async function startSmtp(behaviour: SmtpBehaviour = {}): Promise<SmtpProcess> {
  const child = fork(join(import.meta.dirname, 'smtp-child.mjs'), [JSON.stringify(behaviour)], {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const mails: TakenMail[] = []
  const answers = behaviour.behaviour !== 'silent' && behaviour.behaviour !== 'mute-after-text'
  const gone = once(child, 'exit')
  const ready = new Promise<{ port: number; ca: string }>((resolve, reject) => {
    child.once('exit', () => reject(new Error('the mail server did not start')))
    child.on('message', (message) => {
      const told = Told.parse(message)
      if (told.type === 'listening') resolve(told)
      if (told.type === 'mail') mails.push(told)
    })
  })
  const { port, ca } = await ready
  return {
    port,
    ca,
    patienceMs: answers ? 20_000 : 700,
    async mails() {
      // What it tells comes in order: after the answer to this, nothing of before is on its way.
      const answered = new Promise((resolve) => {
        child.on('message', (message) => Told.parse(message).type === 'pong' && resolve(null))
      })
      if (child.connected) child.send('ping', () => undefined)
      await Promise.race([answered, gone])
      return mails
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await gone
    },
  }
}
