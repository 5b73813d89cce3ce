import { notifications } from '@mantine/notifications'
import { ORPCError } from '@orpc/client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { z } from 'zod'
import { tellError } from '../lib/tell-error'
import { isSame, rebase } from './rebase'

/** A record as main keeps it. */
export interface Kept<T> {
  /** Null: not kept yet. */
  readonly version: number | null
  readonly values: T
}

/** A field that both screens have changed, with what was typed here. */
export interface Clash<T> {
  readonly key: keyof T & string
  readonly mine: T[keyof T & string]
}

/** Sentences of refused fields by their path. */
export type Faults = ReadonlyMap<string, string>

const Refused = z.object({ fields: z.array(z.object({ path: z.string(), message: z.string() })) })

interface VersionedForm<T> {
  readonly stored: Kept<T>
  /** Keeps the values over a version; refuses with STALE or INVALID_FIELDS. */
  readonly save: (values: T, base: Kept<T>) => Promise<Kept<T>>
  /** What is kept now. */
  readonly latest: () => Promise<Kept<T>>
  readonly onSaved: (saved: Kept<T>) => void
  /** Words for the person after saving. */
  readonly said: string
}

/** A form over one version of a record; when another screen was faster, the changes move to its version. */
export function useVersionedForm<T extends object>(form: VersionedForm<T>) {
  const { stored } = form
  const [base, setBase] = useState(stored)
  const [values, setValues] = useState(stored.values)
  const [faults, setFaults] = useState<Faults>(new Map())
  const [clashes, setClashes] = useState<readonly Clash<T>[] | null>(null)
  const isChanged = !isSame(base.values, values)
  const settle = (kept: Kept<T>) => {
    setBase(kept)
    setValues(kept.values)
    setClashes(null)
    setFaults(new Map())
  }
  // A newer version arrived by itself: a form that nobody touched follows it.
  if ((stored.version ?? 0) > (base.version ?? 0) && !isChanged) settle(stored)
  const moveTo = (kept: Kept<T>) => {
    const rebased = rebase(base.values, values, kept.values)
    setBase(kept)
    setValues(rebased.values)
    setClashes(rebased.clashes.map((key) => ({ key, mine: values[key] })))
  }
  const saving = useMutation({
    mutationFn: () => form.save(values, base),
    onSuccess: (kept) => {
      settle(kept)
      notifications.show({ message: form.said })
      form.onSaved(kept)
    },
    onError: async (error) => {
      const code = error instanceof ORPCError ? error.code : null
      const refused = error instanceof ORPCError ? Refused.safeParse(error.data) : null
      if (code === 'INVALID_FIELDS' && refused?.success) {
        setFaults(new Map(refused.data.fields.map(({ path, message }) => [path, message])))
      } else if (code === 'STALE') moveTo(await form.latest())
      else tellError(error)
    },
  })
  return {
    values,
    faults,
    /** Fields that both screens changed; null while no other screen was faster. */
    clashes,
    kept: base.values,
    isChanged,
    isSaving: saving.isPending,
    change: (part: Partial<T>) => setValues((seen) => ({ ...seen, ...part })),
    refuse: setFaults,
    save: () => {
      if (saving.isPending) return
      setFaults(new Map())
      saving.mutate()
    },
    undo: () => settle(base),
  }
}
