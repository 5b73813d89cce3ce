import type { CDPSession, Page } from '@playwright/test'

/** A key as a Windows input method swallows it: the page sees 229 and `Process`. */
const SWALLOWED = 229

interface KeyPress {
  readonly key: string
  readonly code: string
  readonly keyCode: number
  readonly ctrl?: boolean
}

/** An input method that composes through Chromium's own path, and the keys that are pressed meanwhile. */
export interface Ime {
  /** Shows the text underlined in the focused field; an empty text cancels the composition. */
  compose(...steps: readonly string[]): Promise<void>
  /** Ends the composition with this text. */
  commit(text: string): Promise<void>
  /** Presses a key both ways in which a page may see it while composing: swallowed (229) and by its own name. */
  press(press: KeyPress): Promise<void>
}

export async function openIme(page: Page): Promise<Ime> {
  const session = await page.context().newCDPSession(page)
  return {
    async compose(...steps) {
      for (const text of steps) {
        await session.send('Input.imeSetComposition', {
          text,
          selectionStart: text.length,
          selectionEnd: text.length,
        })
      }
    },
    commit: (text) => session.send('Input.insertText', { text }).then(() => undefined),
    async press({ key, code, keyCode, ctrl = false }) {
      const modifiers = ctrl ? 2 : 0
      await stroke(session, { key: 'Process', code, windowsVirtualKeyCode: SWALLOWED, modifiers })
      await stroke(session, { key, code, windowsVirtualKeyCode: keyCode, modifiers })
    },
  }
}

type Stroke = { key: string; code: string; windowsVirtualKeyCode: number; modifiers: number }

async function stroke(session: CDPSession, event: Stroke): Promise<void> {
  await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...event })
  await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event })
}

/** Keys of the desk and of its dialogs, none of which may act while the input method composes. */
export const DESK_KEYS: readonly KeyPress[] = [
  { key: 'Enter', code: 'Enter', keyCode: 13 },
  { key: 'Escape', code: 'Escape', keyCode: 27 },
  { key: 'ArrowDown', code: 'ArrowDown', keyCode: 40 },
  { key: 'F2', code: 'F2', keyCode: 113 },
  { key: 'F3', code: 'F3', keyCode: 114 },
  { key: 'F8', code: 'F8', keyCode: 119 },
  { key: 'F9', code: 'F9', keyCode: 120 },
  { key: 'F12', code: 'F12', keyCode: 123 },
  { key: 'k', code: 'KeyK', keyCode: 75, ctrl: true },
  { key: 'l', code: 'KeyL', keyCode: 76, ctrl: true },
  { key: '1', code: 'Digit1', keyCode: 49, ctrl: true },
]
