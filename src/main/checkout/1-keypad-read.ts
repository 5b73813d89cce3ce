import type { FrameRefusal, KeyedCard, KeypadHolder, KeypadPort, KeypadTrouble } from '../devices/keypad.port'
import type { Clock } from '../platform/clock'
import { Emitter, streamOf } from '../platform/emitter'

/** What happens while the desk waits for one card. The stream ends after `in-use`, `frame`, `timed-out` or `failed`. */
export type KeypadReadStep =
  | { readonly step: 'waiting'; readonly deadline: number; readonly serial: string | null }
  | { readonly step: 'receiving' }
  | { readonly step: 'misread'; readonly reason: FrameRefusal }
  | { readonly step: 'frame'; readonly keyed: KeyedCard }
  | { readonly step: 'timed-out' }
  | { readonly step: 'in-use'; readonly holder: KeypadHolder }
  | { readonly step: 'failed'; readonly cause: KeypadTrouble | FrameRefusal }

/** Reads that show a device which must not be used at all: the entry ends instead of waiting for another try. */
const UNTRUSTED = ['clear-digits', 'not-encrypted', 'fixed-key', 'encryption-type'] as const

export const isUntrusted = (cause: string): cause is (typeof UNTRUSTED)[number] =>
  (UNTRUSTED as readonly string[]).includes(cause)

export interface KeypadReadOptions {
  readonly holder: KeypadHolder
  readonly timeoutMs: number
  readonly clock: Clock
  readonly signal?: AbortSignal
  /** Called with the first byte of a frame itself: what is begun here is ahead of all that the frame brings. */
  readonly onFirstByte: () => void
}

/**
 * Step 1: claims the keypad and waits for one encrypted frame, at most `timeoutMs`. Leaving the loop, by end or
 * by signal, releases the keypad; a frame that comes later finds no taker and is wiped by the device.
 */
export async function* readKeypad(
  keypad: KeypadPort,
  options: KeypadReadOptions,
): AsyncGenerator<KeypadReadStep, void, void> {
  const claimed = await keypad.claim(options.holder)
  if (claimed.kind === 'in-use') return yield { step: 'in-use', holder: claimed.holder }
  if (claimed.kind === 'trouble') return yield { step: 'failed', cause: claimed.trouble }
  const steps = new Emitter<KeypadReadStep>()
  const pending: KeyedCard[] = []
  let taken = false
  claimed.claim.onReceiving(() => {
    options.onFirstByte()
    steps.emit({ step: 'receiving' })
  })
  claimed.claim.onLost((cause) => steps.emit({ step: 'failed', cause }))
  claimed.claim.onReading((reading) => {
    if (reading.kind === 'frame') {
      if (taken) return reading.frame.wipe()
      taken = true
      const { frame, lateRefusal } = reading
      pending.push({ frame, lateRefusal })
      return steps.emit({ step: 'frame', keyed: { frame, lateRefusal } })
    }
    const { reason } = reading
    return steps.emit(isUntrusted(reason) ? { step: 'failed', cause: reason } : { step: 'misread', reason })
  })
  const deadline = options.clock.now() + options.timeoutMs
  const timer = setTimeout(() => steps.emit({ step: 'timed-out' }), options.timeoutMs)
  try {
    const first: KeypadReadStep = { step: 'waiting', deadline, serial: claimed.facts.serial }
    for await (const step of streamOf(steps, options.signal, [first])) {
      if (step.step === 'frame') pending.length = 0
      yield step
      if (step.step === 'frame' || step.step === 'timed-out' || step.step === 'failed') return
    }
  } finally {
    clearTimeout(timer)
    for (const { frame } of pending) frame.wipe()
    await claimed.claim.release()
  }
}
