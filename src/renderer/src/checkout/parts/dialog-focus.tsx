import { useLayoutEffect, useRef } from 'react'

interface DialogFocusProps {
  /** The focus is led again when this changes: another set of buttons is shown. */
  readonly of: string
  readonly returnFocus: boolean
}

/**
 * Leads the focus into a dialog before the next key can arrive, to its `data-autofocus` element, and back to where it
 * was when the dialog goes. The trap of the modal itself comes a moment later, which a quick operator outruns.
 */
export function DialogFocus({ of, returnFocus }: DialogFocusProps) {
  const mark = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    const before = document.activeElement
    const dialog = mark.current?.closest('[role=dialog]')
    return () => {
      const now = document.activeElement
      const isFree = now === null || now === document.body || dialog?.contains(now) === true
      if (returnFocus && isFree && before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [returnFocus])
  useLayoutEffect(() => {
    if (mark.current?.dataset['of'] !== of) return
    mark.current.closest('[role=dialog]')?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
  }, [of])
  return <span ref={mark} data-of={of} hidden />
}
