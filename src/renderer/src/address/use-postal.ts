import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { PostalTown } from '../../../contract/postal'
import { normalizePostalCode } from '../../../contract/text'
import { api } from '../lib/client'
import { addressOf, fillOver, type Address, type Filled } from './address'

export type PostalNote =
  /** Nobody has this code. */
  | { readonly kind: 'unknown' }
  /** Several towns wait for a choice. */
  | { readonly kind: 'choose'; readonly towns: readonly PostalTown[] }
  /** Something else was typed before. */
  | { readonly kind: 'ask'; readonly town: PostalTown }
  | { readonly kind: 'filled'; readonly town: PostalTown; readonly undo: Filled }
  | { readonly kind: 'failed' }

const CODE_DIGITS = 7

const lookup = (code: string) => api.postal.lookup.queryOptions({ input: { code }, staleTime: Infinity })

/**
 * A postal code as it is typed, in any width: fills the address, offers a choice, or says that nobody has it. It never
 * takes away what a person typed without asking, and every fill can be taken back.
 */
export function usePostal(value: Address, onChange: (patch: Partial<Address>) => void) {
  const queries = useQueryClient()
  const [note, setNote] = useState<PostalNote | null>(null)
  const filled = useRef<Filled | null>(null)
  const latest = useRef({ value, onChange })
  useEffect(() => {
    latest.current = { value, onChange }
  })
  // The directory is unpacked at its first question: while the first field is typed, not while a caller waits.
  useEffect(() => {
    void queries.prefetchQuery(lookup(''))
  }, [queries])

  const put = (town: PostalTown, next: Filled) => {
    const { prefecture, city, address, building } = latest.current.value
    filled.current = next
    latest.current.onChange(next)
    setNote({ kind: 'filled', town, undo: { prefecture, city, address, building } })
  }
  const offer = (town: PostalTown) => {
    const next = fillOver(latest.current.value, town, filled.current)
    if (next) put(town, next)
    else setNote({ kind: 'ask', town })
  }
  const answer = (code: string, towns: readonly PostalTown[]) => {
    if (normalizePostalCode(latest.current.value.postalCode) !== code) return
    const [first] = towns
    if (first === undefined) setNote({ kind: 'unknown' })
    else if (towns.length === 1) offer(first)
    else setNote({ kind: 'choose', towns })
  }
  const onCode = (text: string) => {
    onChange({ postalCode: text })
    const code = normalizePostalCode(text)
    setNote(null)
    if (code.length !== CODE_DIGITS) return
    latest.current = { value: { ...value, postalCode: text }, onChange }
    queries.fetchQuery(lookup(code)).then(
      (towns) => answer(code, towns),
      () => setNote({ kind: 'failed' }),
    )
  }
  return {
    note,
    onCode,
    /** A choice of several towns. */
    choose: offer,
    /** A town with its code, found by the address. */
    takeCode: (town: PostalTown) => {
      onChange({ postalCode: town.code })
      setNote(null)
    },
    /** 置き換える: the person wants the town instead of what stands there. */
    replace: (town: PostalTown) => put(town, addressOf(town, latest.current.value.building)),
    undo: (before: Filled) => {
      filled.current = null
      onChange(before)
      setNote(null)
    },
    dismiss: () => setNote(null),
  }
}
