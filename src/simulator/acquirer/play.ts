import type { ServerResponse } from 'node:http'
import type { Reply } from './engine'
import type { Fault, Operation } from './faults'
import type { Journal } from './journal'

export interface Call {
  readonly operation: Operation
  readonly run: (forcedCode: string | null) => Reply
}

export function send(response: ServerResponse, { status, body }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

/** Work that is put off: until its time, or until the switchboard says go. */
export class Held {
  readonly #work = new Map<() => void, NodeJS.Timeout | null>()

  /** Without `ms` only `release` starts it. */
  add(work: () => void, ms: number | undefined): void {
    const once = (): void => {
      this.#work.delete(once)
      work()
    }
    this.#work.set(once, ms === undefined ? null : setTimeout(once, ms))
  }

  /** Starts everything that waits, in order; tells how much it was. */
  release(): number {
    const all = [...this.#work.keys()]
    this.#cancel()
    for (const work of all) work()
    return all.length
  }

  /** Forgets everything that waits. */
  drop(): void {
    this.#cancel()
    this.#work.clear()
  }

  #cancel(): void {
    for (const timer of this.#work.values()) if (timer) clearTimeout(timer)
  }
}

/** Lets a call go wrong in the ordered way, or right when nothing was ordered. */
export function play(
  call: Call,
  fault: Fault | null,
  response: ServerResponse,
  { journal, held }: { readonly journal: Journal; readonly held: Held },
): void {
  const book = (forcedCode: string | null = null): Reply => {
    const reply = call.run(forcedCode)
    journal.note(call.operation, 'booked')
    return reply
  }
  const answer = (reply: Reply): void => {
    response.once('finish', () => journal.note(call.operation, 'answered'))
    send(response, reply)
  }
  journal.note(call.operation, 'arrived')
  if (!fault) return answer(book())
  switch (fault.kind) {
    case 'hang':
      return
    case 'cut':
      response.socket?.destroy()
      return
    case 'garbage':
      response.writeHead(200, { 'content-type': 'application/json' }).end('<html>{"kind":')
      return
    case 'commit-then-garbage':
      book()
      response.writeHead(200, { 'content-type': 'application/json' }).end('<html>{"kind":')
      return
    case 'server-error':
      return answer({ status: 503, body: { error: 'maintenance' } })
    case 'too-many':
      response.setHeader('retry-after', String(fault.seconds))
      return answer({ status: 429, body: { error: 'too many requests' } })
    case 'commit-then-500':
      book()
      return answer({ status: 500, body: { error: 'after the commit' } })
    case 'commit-then-cut':
      book()
      response.socket?.destroy()
      return
    case 'decline':
      return answer(book(fault.code))
    case 'answer-late': {
      const reply = book()
      return held.add(() => answer(reply), fault.ms)
    }
    case 'slow':
      return held.add(() => answer(book()), fault.ms)
    case 'not-found-then-commit':
      return held.add(() => void book(), fault.ms)
  }
}
