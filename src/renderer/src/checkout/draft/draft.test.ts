import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { CheckoutForm, CheckoutView } from '../../../../contract/checkout'
import { yen } from '../../../../contract/values'
import type { CheckoutCalls, Refused } from './calls'
import { Draft, RETRY_DELAY_MS, SAVE_DELAY_MS } from './draft'

class Refusal extends Error {
  readonly refused: Refused
  constructor(refused: Refused) {
    super(refused.kind)
    this.refused = refused
  }
}
const readRefusal = (error: unknown): Refused =>
  error instanceof Refusal ? error.refused : { kind: 'trouble', message: String(error), supportCode: null }

const emptyForm: CheckoutForm = {
  customer: { kind: 'none', phone: '' },
  lines: [],
  shipments: [
    {
      shipTo: { kind: 'customer' },
      deliverOn: null,
      slotCode: null,
      gift: { noshi: null, wrapping: false, bag: false, message: '' },
    },
  ],
  channel: 'phone',
  offerCode: '',
  medium: '',
  payment: { method: null, cardId: null, keepCard: false },
  note: '',
  discount: null,
  plan: { kind: 'one-time' },
}

const zero = yen(0)
const emptyView: CheckoutView = {
  checkoutId: '019aa000-0000-7000-8000-000000000001',
  purpose: 'order',
  changes: null,
  heldUntil: null,
  version: 1,
  stage: 'editing',
  form: emptyForm,
  quote: {
    lines: [],
    subtotal: zero,
    shipping: zero,
    fee: zero,
    discount: zero,
    discounts: [],
    total: zero,
    taxes: [],
    taxAdded: yen(0),
    untilFreeShipping: null,
    legal: { mode: 'mail-order', reason: null, outside: [], offer: null, unknown: false },
  },
  review: false,
  card: null,
  customerName: null,
  payment: null,
  failure: null,
  readBack: null,
  order: null,
  updatedAt: 0,
}

/** A main that keeps one draft, refuses old versions, and answers when the test lets it. */
function deskWith() {
  let view = emptyView
  let gate: Promise<void> = Promise.resolve()
  const saves: { version: number; note: string }[] = []
  const bump = (change: Partial<CheckoutView>) => {
    view = structuredClone({ ...view, ...change, version: view.version + 1 })
    return view
  }
  const expectVersion = (version: number) => {
    if (version !== view.version) throw new Refusal({ kind: 'moved' })
  }
  const step =
    (change: Partial<CheckoutView>) =>
    async ({ version }: { version: number }) => {
      await gate
      expectVersion(version)
      return bump(change)
    }
  const calls: CheckoutCalls = {
    get: async () => structuredClone(view),
    save: async ({ version, form }) => {
      await gate
      saves.push({ version, note: form.note })
      expectVersion(version)
      return bump({ form })
    },
    proceed: vi.fn(step({ stage: 'read-back' })),
    inquire: async () => bump({ stage: 'read-back' }),
    back: step({ stage: 'editing' }),
    confirm: step({ stage: 'completed' }),
    hold: step({ heldUntil: 1 }),
    discard: step({ stage: 'discarded' }),
  }
  return {
    calls,
    saves,
    bump,
    view: () => view,
    hold: () => {
      let open = () => {}
      gate = new Promise((resolve) => {
        open = resolve
      })
      return open
    },
  }
}

const note = (text: string) => (form: CheckoutForm) => ({ ...form, note: text })

describe('a draft on the screen', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('saves once after the last keystroke, over the latest version', async () => {
    const desk = deskWith()
    const draft = new Draft(emptyView, desk.calls, readRefusal)
    for (const text of ['の', 'のし', 'のし紙']) draft.edit(note(text))
    expect(draft.state().save).toBe('waiting')
    await vi.advanceTimersByTimeAsync(SAVE_DELAY_MS)
    draft.edit(note('のし紙なし'))
    await vi.advanceTimersByTimeAsync(SAVE_DELAY_MS)
    expect(desk.saves).toEqual([
      { version: 1, note: 'のし紙' },
      { version: 2, note: 'のし紙なし' },
    ])
    expect(draft.state().save).toBe('saved')
  })

  it('saves while the typing goes on: no keystroke waits longer than the delay', async () => {
    const desk = deskWith()
    const draft = new Draft(emptyView, desk.calls, readRefusal)
    for (let typed = 1; typed <= 20; typed++) {
      draft.edit(note('あ'.repeat(typed)))
      await vi.advanceTimersByTimeAsync(100)
      expect(typed - desk.view().form.note.length).toBeLessThanOrEqual(SAVE_DELAY_MS / 100)
    }
  })

  it('never has two saves under way, and loses nothing that was typed during one', async () => {
    const desk = deskWith()
    const open = desk.hold()
    const draft = new Draft(emptyView, desk.calls, readRefusal)
    draft.edit(note('一'))
    const first = draft.flush()
    draft.edit(note('二'))
    const second = draft.flush()
    open()
    expect(await first).toBe(true)
    expect(await second).toBe(true)
    expect(desk.saves).toEqual([
      { version: 1, note: '一' },
      { version: 2, note: '二' },
    ])
    expect(draft.state().form.note).toBe('二')
  })

  it('saves before a step, and makes one call of a double press', async () => {
    const desk = deskWith()
    const draft = new Draft(emptyView, desk.calls, readRefusal)
    draft.edit(note('急ぎ'))
    await Promise.all([draft.proceed(), draft.proceed()])
    expect(desk.saves).toHaveLength(1)
    expect(desk.calls.proceed).toHaveBeenCalledTimes(1)
    expect(draft.state()).toMatchObject({ running: null, view: { stage: 'read-back' } })
  })

  it('puts its edits on top when only the version has moved', async () => {
    const desk = deskWith()
    const draft = new Draft(emptyView, desk.calls, readRefusal)
    desk.bump({})
    draft.edit(note('追加'))
    expect(await draft.flush()).toBe(true)
    expect(draft.state().conflict).toBeNull()
    expect(desk.view().form.note).toBe('追加')
  })

  it('shows both when another window wrote something else, and overwrites nothing unasked', async () => {
    const desk = deskWith()
    const draft = new Draft(emptyView, desk.calls, readRefusal)
    desk.bump({ form: { ...emptyForm, note: 'ほかの席' } })
    draft.edit(note('この席'))
    expect(await draft.flush()).toBe(false)
    expect(draft.state().conflict?.form.note).toBe('ほかの席')
    expect(draft.state().form.note).toBe('この席')
    expect(desk.view().form.note).toBe('ほかの席')
    draft.settle(draft.state().form)
    expect(await draft.flush()).toBe(true)
    expect(desk.view().form.note).toBe('この席')
  })

  it('tries a failed save again by itself', async () => {
    const desk = deskWith()
    const { save } = desk.calls
    desk.calls.save = () => Promise.reject(new Error('port closed'))
    const draft = new Draft(emptyView, desk.calls, readRefusal)
    draft.edit(note('大事'))
    expect(await draft.flush()).toBe(false)
    expect(draft.state().save).toBe('failed')
    desk.calls.save = save
    await vi.advanceTimersByTimeAsync(RETRY_DELAY_MS)
    expect(draft.state().save).toBe('saved')
    expect(desk.view().form.note).toBe('大事')
  })

  it('drops the mark of a field once it is edited, and keeps the others', async () => {
    const desk = deskWith()
    const faults = [
      { path: 'note', message: '備考' },
      { path: 'payment.method', message: '支払' },
    ]
    desk.calls.proceed = () => Promise.reject(new Refusal({ kind: 'faults', faults }))
    const draft = new Draft(emptyView, desk.calls, readRefusal)
    await draft.proceed()
    expect(draft.state().faults).toEqual(faults)
    draft.edit(note('直した'))
    expect(draft.state().faults).toEqual([faults[1]])
  })

  it('keeps edits out while a step runs', async () => {
    const desk = deskWith()
    const open = desk.hold()
    const draft = new Draft(emptyView, desk.calls, readRefusal)
    const running = draft.proceed()
    draft.edit(note('遅い'))
    open()
    await running
    expect(draft.state().form.note).toBe('')
  })

  it('goes on after 保留 has ended when it was asked to in the meantime', async () => {
    const desk = deskWith()
    const draft = new Draft(emptyView, desk.calls, readRefusal)
    const open = desk.hold()
    const ended = draft.hold(false)
    const gone = [draft.proceed(), draft.proceed()]
    expect(desk.calls.proceed).not.toHaveBeenCalled()
    open()
    await Promise.all([ended, ...gone])
    expect(desk.calls.proceed).toHaveBeenCalledTimes(1)
    expect(draft.state().view.stage).toBe('read-back')
  })
})
