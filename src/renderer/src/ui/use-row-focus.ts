import { useEffect, useState, type KeyboardEvent, type RefObject } from 'react'
import { isComposing } from '../lib/keyboard'
import { forgetRow, rememberedRow } from './remembered-row'

const PAGE_ROWS = 12

/** Where a key leads from row `at` of `count`, or null when it leads nowhere. */
export function rowAfterKey(key: string, at: number, count: number): number | null {
  const last = count - 1
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, last)
    case 'ArrowUp':
      return Math.max(at - 1, 0)
    case 'PageDown':
      return Math.min(at + PAGE_ROWS, last)
    case 'PageUp':
      return Math.max(at - PAGE_ROWS, 0)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}

interface RowFocus {
  readonly box: RefObject<HTMLElement | null>
  readonly list: string
  /** What the rows are chosen by. */
  readonly view: string
  readonly rowIds: readonly string[]
  readonly scrollTo: (index: number) => void
  readonly open: (index: number) => void
}

/** One row of a list takes the focus; arrows move it, Enter opens. Comes back to the row that was opened last. */
export function useRowFocus({ box, list, view, rowIds, scrollTo, open }: RowFocus) {
  const [active, setActive] = useState<{ id: string; index: number } | null>(null)
  const [wanted, setWanted] = useState<number | null>(null)
  const [isFirst, setIsFirst] = useState(true)
  const [seenView, setSeenView] = useState(view)
  if (seenView !== view) {
    setSeenView(view)
    setActive(null)
    setWanted(null)
  }
  // A list that changes by itself may move the row: the focus belongs to the row, not to its place.
  const found = active === null ? 0 : rowIds.indexOf(active.id)
  const at = Math.min(found < 0 ? (active?.index ?? 0) : found, Math.max(0, rowIds.length - 1))

  if (isFirst && rowIds.length > 0) {
    setIsFirst(false)
    const index = rowIds.indexOf(rememberedRow(list) ?? '')
    if (index >= 0) setWanted(index)
  }
  // The wanted row may be drawn only after the list has scrolled to it; its focus event ends the wish.
  useEffect(() => {
    if (wanted === null) return
    scrollTo(wanted)
    const row = box.current?.querySelector<HTMLElement>(`[data-index="${wanted}"]`)
    // A row that has the focus already would tell nothing.
    if (row && row === document.activeElement) row.blur()
    row?.focus({ preventScroll: true })
  })
  // Whoever goes elsewhere in the meantime is not called back.
  useEffect(() => {
    if (wanted === null) return undefined
    const given = (event: FocusEvent) => {
      if (event.target instanceof Element && event.target.closest('[data-index]') === null) setWanted(null)
    }
    document.addEventListener('focusin', given)
    return () => document.removeEventListener('focusin', given)
  }, [wanted])
  const onRowFocus = (index: number) => {
    setActive({ id: rowIds[index] ?? '', index })
    setWanted(null)
    forgetRow(list)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (isComposing(event.nativeEvent) || event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key === 'Enter') {
      if (event.target instanceof Element && event.target.closest('button, a') !== null) return
      event.preventDefault()
      open(at)
      return
    }
    const next = rowAfterKey(event.key, at, rowIds.length)
    if (next === null) return
    event.preventDefault()
    if (next !== at) setWanted(next)
  }
  return { active: at, onRowFocus, onKeyDown }
}
