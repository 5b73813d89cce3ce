import type { CheckoutCalls, ReadRefusal, Refused } from './calls'
import { remainingFaults, sameForm } from './paths'
import { firstState, type DeskForm, type DeskView, type DraftState, type Running } from './state'

/** Oldest that an unsaved keystroke gets before the form is saved, milliseconds; also while typing goes on. */
export const SAVE_DELAY_MS = 250
/** A step that is through sooner is not shown as running: drawing that would make it take longer. Milliseconds. */
export const STEP_SHOWN_MS = 120
/** Pause before a save that failed is tried again, milliseconds. */
export const RETRY_DELAY_MS = 3_000

/**
 * One draft on the screen. Edits are kept at once here and saved a moment later, one save at a time, each over the
 * version that the last answer brought; a step (確認画面に進む …) first waits for the saves and runs once.
 */
export class Draft {
  readonly #calls: CheckoutCalls
  readonly #readRefusal: ReadRefusal
  readonly #listeners = new Set<() => void>()
  #state: DraftState
  /** Runs while a keystroke waits to be saved. */
  #timer: ReturnType<typeof setTimeout> | null = null
  #retry: ReturnType<typeof setTimeout> | undefined
  #saving: Promise<boolean> | null = null
  /** The step that runs, or the last one. */
  #step: Promise<void> = Promise.resolve()

  constructor(first: DeskView, calls: CheckoutCalls, readRefusal: ReadRefusal) {
    this.#state = firstState(first)
    this.#calls = calls
    this.#readRefusal = readRefusal
  }

  readonly state = (): DraftState => this.#state

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Changes the form, unless a step runs or the form is no longer open. */
  readonly edit = (change: (form: DeskForm) => DeskForm): void => {
    const { view, running, conflict, form, faults } = this.#state
    if (view.stage !== 'editing' || running || conflict) return
    const next = change(form)
    if (next === form) return
    this.#set({ form: next, save: 'waiting', faults: remainingFaults(faults, form, next) })
    this.#timer ??= setTimeout(() => void this.flush(), SAVE_DELAY_MS)
  }

  /** Saves what is not saved yet; true once everything is kept. */
  readonly flush = (): Promise<boolean> => {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    clearTimeout(this.#retry)
    this.#saving ??= this.#saveAll().finally(() => {
      this.#saving = null
    })
    return this.#saving
  }

  /** 確認画面に進む. Asked for while 保留 begins or ends, it waits for that instead of being lost. */
  readonly proceed = async (): Promise<void> => {
    if (this.#state.running === 'hold') await this.#step
    await this.#run('proceed', () => this.#calls.proceed(this.#ref()))
  }
  readonly inquire = () =>
    this.#run('inquire', () => this.#calls.inquire({ checkoutId: this.#ref().checkoutId }))
  /** 保留, or the end of it. */
  readonly hold = (on: boolean) => this.#run('hold', () => this.#calls.hold({ ...this.#ref(), on }))
  readonly discard = () => this.#run('discard', () => this.#calls.discard(this.#ref()))
  readonly back = (authorization: 'keep' | 'void') =>
    this.#run('back', () => this.#calls.back({ ...this.#ref(), authorization }))
  readonly confirm = (readSentenceIds: string[]) =>
    this.#run('confirm', () => this.#calls.confirm({ ...this.#ref(), readSentenceIds }))

  /** Takes what main told by itself, when it is not older and nothing unsaved would be lost. */
  readonly take = (view: DeskView): void => {
    if (this.#state.running || this.#saving || this.#dirty() || view.version < this.#state.view.version)
      return
    this.#adopt(view.stage === 'editing' ? { ...view, failure: view.failure ?? this.#state.failure } : view)
  }

  /** Answers a conflict: take the other content, or save this form over it. */
  readonly settle = (keep: 'theirs' | DeskForm): void => {
    const theirs = this.#state.conflict
    if (!theirs) return
    if (keep === 'theirs' || theirs.stage !== 'editing') return this.#adopt(theirs)
    this.#set({ view: theirs, form: keep, conflict: null, save: 'waiting' })
    void this.flush()
  }

  /** Asks main how it stands, after a while on which nobody looked. */
  readonly refresh = async (): Promise<void> => {
    const view = await this.#get().catch(() => null)
    if (view) this.take(view)
  }

  /** Takes the last failure off the screen, unless its payment is still open. */
  readonly hideFailure = (): void => {
    if (this.#state.failure && this.#state.failure.next !== 'wait-and-inquire') this.#set({ failure: null })
  }

  readonly hideTrouble = (): void => this.#set({ trouble: null })

  #set(change: Partial<DraftState>): void {
    this.#state = { ...this.#state, ...change }
    for (const listener of this.#listeners) listener()
  }

  #ref(): { checkoutId: string; version: number } {
    return { checkoutId: this.#state.view.checkoutId, version: this.#state.view.version }
  }

  #get(): Promise<DeskView> {
    return this.#calls.get({ checkoutId: this.#ref().checkoutId })
  }

  #dirty(): boolean {
    return !sameForm(this.#state.form, this.#state.view.form)
  }

  /** Everything as main says it, the form too. */
  #adopt(view: DeskView): void {
    const { running, runningSince, refusals } = this.#state
    this.#set({ ...firstState(view), running, runningSince, refusals })
  }

  async #saveAll(): Promise<boolean> {
    while (this.#dirty()) {
      if (this.#state.conflict || this.#state.view.stage !== 'editing') return false
      try {
        await this.#saveOnce()
      } catch (error) {
        if (!(await this.#mendSave(this.#readRefusal(error)))) return false
      }
    }
    if (this.#state.save !== 'saved') this.#set({ save: 'saved' })
    return true
  }

  async #saveOnce(): Promise<void> {
    const { form } = this.#state
    this.#set({ save: 'saving' })
    const saved = await this.#calls.save({ ...this.#ref(), form })
    const unchanged = this.#state.form === form
    this.#set({
      view: unchanged ? saved : { ...saved, form },
      form: unchanged ? saved.form : this.#state.form,
      save: unchanged ? 'saved' : 'waiting',
      failure: saved.failure ?? this.#state.failure,
      trouble: null,
    })
  }

  /** True when the save may be tried again at once. */
  async #mendSave(refused: Refused): Promise<boolean> {
    if (refused.kind === 'moved') {
      const theirs = await this.#get().catch(() => null)
      if (theirs) return this.#meet(theirs)
    }
    this.#set({ save: 'failed', trouble: refused.kind === 'trouble' ? refused : null })
    clearTimeout(this.#retry)
    this.#retry = setTimeout(() => void this.flush(), RETRY_DELAY_MS)
    return false
  }

  /** What main has is newer. True: only its version moved, so this screen's edits go on top of it. */
  #meet(theirs: DeskView): boolean {
    const { view, form, failure } = this.#state
    if (sameForm(theirs.form, form) || theirs.stage === 'completed' || theirs.stage === 'discarded') {
      this.#adopt(theirs)
      return false
    }
    if (theirs.stage === 'editing' && sameForm(theirs.form, view.form)) {
      this.#set({ view: theirs, failure: theirs.failure ?? failure })
      return true
    }
    this.#set({ conflict: theirs, save: 'failed' })
    return false
  }

  #run(running: Running, call: () => Promise<DeskView>): Promise<void> {
    if (this.#state.running) return Promise.resolve()
    // Nothing is edited and no second step begins from here on; the screen says so when it takes a while.
    this.#state = { ...this.#state, running, runningSince: Date.now(), trouble: null }
    const show = setTimeout(() => this.#set({}), STEP_SHOWN_MS)
    this.#step = this.#walk(call).finally(() => clearTimeout(show))
    return this.#step
  }

  async #walk(call: () => Promise<DeskView>): Promise<void> {
    try {
      if (await this.flush()) this.#adopt(await call())
    } catch (error) {
      await this.#refuse(this.#readRefusal(error))
    } finally {
      this.#set({ running: null, runningSince: null })
    }
  }

  async #refuse(refused: Refused): Promise<void> {
    switch (refused.kind) {
      case 'faults':
        return this.#set({ faults: refused.faults, refusals: this.#state.refusals + 1 })
      case 'trouble':
        return this.#set({ trouble: refused })
      case 'shut':
        return
      case 'moved': {
        const theirs = await this.#get().catch(() => null)
        if (theirs) this.#meet(theirs)
      }
    }
  }
}
