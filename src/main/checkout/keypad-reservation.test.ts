import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { KeypadClaim, KeypadHolder, KeypadPort, KeypadTrouble } from '../devices/keypad.port'
import { reservable } from './keypad-reservation'
import { TICKET_MS } from './tickets'

const holder: KeypadHolder = { seat: '受付1番', operator: '鈴木' }
const facts = { serial: 'TEST000001', model: null, firmware: null, securityLevel: '3' }

/** A keypad that one claim at a time can have. */
class OneKeypad implements KeypadPort {
  releases = 0
  #held: KeypadHolder | null = null
  #lost: ((trouble: KeypadTrouble) => void)[] = []

  async claim(by: KeypadHolder): ReturnType<KeypadPort['claim']> {
    if (this.#held) return { kind: 'in-use', holder: this.#held }
    this.#held = by
    this.#lost = []
    const claim: KeypadClaim = {
      onReading: () => undefined,
      onReceiving: () => undefined,
      onLost: (listener) => void this.#lost.push(listener),
      release: async () => {
        this.#held = null
        this.releases += 1
      },
    }
    return { kind: 'claimed', claim, facts }
  }

  unplug(): void {
    this.#held = null
    for (const listener of this.#lost) listener('unplugged')
  }

  status = async () => ({ kind: 'ready' as const, facts })
  place = () => ({ cable: 'usb' as const, usbPath: null, relay: null, latencyMs: null })
  watch = () => () => undefined
  close = async () => undefined
}

let device: OneKeypad
beforeEach(() => {
  vi.useFakeTimers()
  device = new OneKeypad()
})
afterEach(() => vi.useRealTimers())

const other: KeypadHolder = { seat: '受付2番', operator: '田中' }

describe('a keypad that waits for a caller who fetches the card', () => {
  it('is kept for ten minutes, and then free for every seat', async () => {
    expect(await reservable(device).reserve(holder, TICKET_MS)).toBe(true)
    await vi.advanceTimersByTimeAsync(10 * 60_000 - 1)
    expect(await device.claim(other)).toEqual({ kind: 'in-use', holder })
    await vi.advanceTimersByTimeAsync(1)
    expect(device.releases).toBe(1)
    expect(await device.claim(other)).toMatchObject({ kind: 'claimed' })
  })

  it('lets the entries of its own seat through, and is still kept behind them', async () => {
    const keypad = reservable(device)
    await keypad.reserve(holder, TICKET_MS)
    const entry = await keypad.claim(holder)
    if (entry.kind !== 'claimed') throw new Error(entry.kind)
    expect(await keypad.claim(holder)).toEqual({ kind: 'in-use', holder })
    await entry.claim.release()
    expect(device.releases).toBe(0)
    expect(await device.claim(other)).toEqual({ kind: 'in-use', holder })
  })

  it('an entry that is under way when the time is over keeps it to its end', async () => {
    const keypad = reservable(device)
    await keypad.reserve(holder, TICKET_MS)
    const entry = await keypad.claim(holder)
    if (entry.kind !== 'claimed') throw new Error(entry.kind)
    await vi.advanceTimersByTimeAsync(TICKET_MS)
    expect(device.releases).toBe(0)
    await entry.claim.release()
    expect(device.releases).toBe(1)
  })

  it('a second 保留 starts the time anew; 保留を解除 ends it at once', async () => {
    const keypad = reservable(device)
    await keypad.reserve(holder, TICKET_MS)
    await vi.advanceTimersByTimeAsync(TICKET_MS - 1)
    expect(await keypad.reserve(holder, TICKET_MS)).toBe(true)
    await vi.advanceTimersByTimeAsync(TICKET_MS - 1)
    expect(await device.claim(other)).toEqual({ kind: 'in-use', holder })
    await keypad.endReservation()
    expect(await device.claim(other)).toMatchObject({ kind: 'claimed' })
  })

  it('cannot be kept while another seat has it, and is forgotten when it is unplugged', async () => {
    const keypad = reservable(device)
    await keypad.reserve(holder, TICKET_MS)
    device.unplug()
    await device.claim(other)
    expect(await keypad.reserve(holder, TICKET_MS)).toBe(false)
    await vi.advanceTimersByTimeAsync(TICKET_MS)
    expect(device.releases).toBe(0)
  })
})
