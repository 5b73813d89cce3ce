import type { Clock } from '../../platform/clock'
import { ClaimSession } from '../claim-session'
import type { KeypadHolder, KeypadPort, KeypadTrouble, KsnMemory } from '../keypad.port'
import type { RelayLink } from './link'
import { shortText, type RelayMessage } from './messages'

export type ClaimResult = Awaited<ReturnType<KeypadPort['claim']>>

interface ClaimsOptions {
  readonly clock: Clock
  readonly ksnMemory: KsnMemory
  readonly answerTimeoutMs: number
}

type Answer = Extract<RelayMessage, { type: 'claimed' | 'busy' | 'refused' }>

/** The claims of one desk at one relay: asks, remembers what was granted, and ends them all with the connection. */
export class Claims {
  readonly #options: ClaimsOptions
  readonly #asked = new Map<number, (result: ClaimResult) => void>()
  readonly #held = new Map<number, ClaimSession>()
  readonly #releasing = new Map<number, () => void>()
  #link: RelayLink | null = null
  #lastRequest = 0

  constructor(options: ClaimsOptions) {
    this.#options = options
  }

  claim(link: RelayLink, holder: KeypadHolder): Promise<ClaimResult> {
    this.#link = link
    this.#lastRequest += 1
    const request = this.#lastRequest
    return new Promise((resolve) => {
      const timer = setTimeout(
        () => answer({ kind: 'trouble', trouble: 'relay-unreachable' }),
        this.#options.answerTimeoutMs,
      )
      const answer = (result: ClaimResult) => {
        clearTimeout(timer)
        this.#asked.delete(request)
        resolve(result)
      }
      this.#asked.set(request, answer)
      const { seat, operator } = holder
      link.send({ type: 'claim', request, holder: { seat: shortText(seat), operator: shortText(operator) } })
    })
  }

  /** Bytes of the keypad; those of a claim that is not held are overwritten. */
  report(claim: number, data: Uint8Array): void {
    const session = this.#held.get(claim)
    if (session === undefined) data.fill(0)
    else session.feed(data)
  }

  take(message: RelayMessage): void {
    switch (message.type) {
      case 'claimed':
      case 'busy':
      case 'refused':
        this.#answered(message)
        return
      case 'receiving':
        this.#held.get(message.claim)?.noticeReceiving()
        return
      case 'lost':
        this.#end(message.claim, message.trouble)
        return
      case 'released':
        this.#end(message.claim, 'relay-refused')
        return
      case 'hello':
      case 'welcome':
      case 'state':
      case 'ping':
      case 'pong':
      case 'error':
    }
  }

  /** The connection is gone, and every claim with it. */
  lost(trouble: KeypadTrouble): void {
    for (const answer of this.#asked.values()) answer({ kind: 'trouble', trouble })
    for (const claim of [...this.#held.keys(), ...this.#releasing.keys()]) this.#end(claim, trouble)
  }

  async releaseAll(): Promise<void> {
    await Promise.all([...this.#held.values()].map((session) => session.release()))
  }

  #answered(message: Answer): void {
    const answer = this.#asked.get(message.request)
    if (message.type === 'claimed') {
      if (answer === undefined) this.#link?.send({ type: 'release', claim: message.claim })
      else answer({ kind: 'claimed', claim: this.#hold(message.claim), facts: message.facts })
    } else if (message.type === 'busy') answer?.({ kind: 'in-use', holder: message.holder })
    else answer?.({ kind: 'trouble', trouble: message.trouble })
  }

  #hold(claim: number): ClaimSession {
    const { clock, ksnMemory } = this.#options
    const session = new ClaimSession({ clock, ksnMemory, giveBack: () => this.#giveBack(claim) })
    this.#held.set(claim, session)
    return session
  }

  #giveBack(claim: number): Promise<void> {
    this.#held.delete(claim)
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#options.answerTimeoutMs)
      this.#releasing.set(claim, () => {
        clearTimeout(timer)
        resolve()
      })
      this.#link?.send({ type: 'release', claim })
    })
  }

  #end(claim: number, trouble: KeypadTrouble): void {
    this.#releasing.get(claim)?.()
    this.#releasing.delete(claim)
    const session = this.#held.get(claim)
    this.#held.delete(claim)
    session?.lose(trouble)
  }
}
