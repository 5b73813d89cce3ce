import { ipcRenderer } from 'electron'
import { answered, EMPTY_PAD, expiryYYMM, fill, press, shown, type Pad, type PadKey } from './pad'

/**
 * The pad's page has no script of its own: this sandboxed, isolated preload draws it and listens to it, so
 * nothing needs to be handed to the page.
 */

interface Setup {
  readonly serial: string
  readonly cards: readonly { pan: string; name: string }[]
  readonly faults: readonly { value: string; label: string }[]
}
interface Answer {
  readonly ok: boolean
  readonly delivered?: boolean
  readonly error?: string
}

const STATE_EVERY_MS = 500
let pad: Pad = EMPTY_PAD

const byId = (id: string): HTMLElement => {
  const element = document.getElementById(id)
  if (element === null) throw new Error(`no ${id}`)
  return element
}
const chosen = (id: string): string => {
  const element = byId(id)
  return element instanceof HTMLSelectElement ? element.value : ''
}

function draw(): void {
  const { number, expiry } = shown(pad)
  byId('message').textContent = pad.message
  byId('number').textContent = number
  byId('expiry').textContent = pad.step === 'number' ? '' : expiry
}

async function apply(next: Pad): Promise<void> {
  pad = next
  draw()
  if (pad.step !== 'sending') return
  const request = {
    pan: pad.pan,
    exp: expiryYYMM(pad),
    format: chosen('format'),
    fault: chosen('fault') || null,
  }
  try {
    const answer: Answer = await ipcRenderer.invoke('keypad:key', request)
    pad = answered(answer)
  } catch {
    pad = answered({ ok: false })
  }
  draw()
}

function keyOf(element: HTMLElement): PadKey | null {
  const { digit, key } = element.dataset
  if (digit !== undefined) return { digit }
  return key === 'enter' || key === 'cancel' || key === 'correct' ? key : null
}

function keyPressed(event: KeyboardEvent): PadKey | null {
  // Full-width digits and the digits of a number pad are the same to the pad.
  const text = event.key.normalize('NFKC')
  if (/^\d$/.test(text)) return { digit: text }
  if (event.key === 'Backspace') return 'correct'
  if (event.key === 'Escape') return 'cancel'
  return event.key === 'Enter' ? 'enter' : null
}

function listen(): void {
  byId('keys').addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null
    const key = button === null ? null : keyOf(button)
    if (key !== null) void apply(press(pad, key))
    // Enter on the keyboard must mean 実行, not the key that was clicked last.
    button?.blur()
  })
  window.addEventListener('keydown', (event) => {
    const key = keyPressed(event)
    const onCard = event.target instanceof Element && event.target.closest('.cards, select') !== null
    if (key === null || (onCard && key === 'enter') || event.isComposing) return
    event.preventDefault()
    void apply(press(pad, key))
  })
}

function fillIn(setup: Setup): void {
  byId('serial').textContent = `S/N ${setup.serial}`
  for (const card of setup.cards) {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = card.name
    button.addEventListener('click', () => {
      void apply(fill(pad, card.pan))
      button.blur()
    })
    byId('cards').append(button)
  }
  for (const { value, label } of setup.faults) {
    const option = document.createElement('option')
    option.value = value
    option.textContent = label
    byId('fault').append(option)
  }
}

async function showHolder(): Promise<void> {
  const holder: { seat: string; operator: string } | null = await ipcRenderer.invoke('keypad:holder')
  const lamp = byId('lamp')
  lamp.classList.toggle('waiting', holder !== null)
  lamp.textContent = holder === null ? '待機中' : `入力待ち ${holder.operator}`
}

window.addEventListener('DOMContentLoaded', () => {
  draw()
  listen()
  void ipcRenderer.invoke('keypad:setup').then(fillIn)
  void showHolder()
  setInterval(() => void showHolder(), STATE_EVERY_MS)
})
