import { useEffect, type RefObject } from 'react'
import { useDraftState } from '../draft/draft-context'

/** After each refusal of the form: the focus goes to the first refused field, from the top of the page. */
export function useFaultFocus(root: RefObject<HTMLElement | null>): void {
  const { refusals, faults, running } = useDraftState()
  useEffect(() => {
    if (refusals === 0 || running !== null) return
    // Fields of a contract's terms are called by their own names.
    const paths = new Set(faults.map((fault) => fault.path.replace(/^terms\./, '')))
    const fields = root.current?.querySelectorAll<HTMLElement>('[data-path]') ?? []
    const marked = [...fields].filter((field) => paths.has(field.dataset['path'] ?? ''))
    const first = marked[0] ?? root.current?.querySelector<HTMLElement>('[aria-invalid=true]')
    const chosen = marked.find((field) => field.matches(':checked'))
    ;(first?.matches('input[type=radio]') ? (chosen ?? first) : first)?.focus()
    // oxlint-disable-next-line react/exhaustive-deps -- only a new refusal moves the focus, not each mended field
  }, [refusals, running === null])
}
