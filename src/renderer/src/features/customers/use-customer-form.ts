import { notifications } from '@mantine/notifications'
import { isDefinedError } from '@orpc/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerDetail, CustomerFields } from '../../../../contract/customers'
import { api, client, describeError } from '../../lib/client'
import { isSame, rebase } from '../../ui/rebase'

/** What can be typed of a customer, in one flat record. */
export type CustomerDraft = CustomerFields & { note: string }

const draftOf = (customer: CustomerDetail): CustomerDraft => ({ ...customer.fields, note: customer.note })

/** A field that both screens have changed, with what was typed here. */
export interface Clash {
  readonly key: keyof CustomerDraft
  readonly mine: string
}

interface Refusal {
  readonly onFaults: (faults: ReadonlyMap<string, string>) => void
  readonly onStale: () => Promise<void>
}

function useSave(id: string, onSaved: (saved: CustomerDetail) => void, refusal: Refusal) {
  const { t } = useTranslation('customers')
  const queries = useQueryClient()
  return useMutation(
    api.customers.save.mutationOptions({
      onSuccess: async (saved) => {
        onSaved(saved)
        queries.setQueryData(api.customers.get.queryKey({ input: { id } }), saved)
        notifications.show({ message: t('detail.saved') })
        await queries.invalidateQueries({ queryKey: api.customers.search.key() })
      },
      onError: async (error) => {
        if (isDefinedError(error) && error.code === 'INVALID_FIELDS') {
          refusal.onFaults(new Map(error.data.fields.map((fault) => [fault.path, fault.message])))
        } else if (isDefinedError(error) && error.code === 'STALE') {
          await refusal.onStale()
        } else {
          const { message, supportCode } = describeError(error)
          notifications.show({ message: [message, supportCode].filter(Boolean).join(' '), color: 'red' })
        }
      },
    }),
  )
}

/** The form over one version of a customer; when another screen was faster, the changes move to its version. */
export function useCustomerForm(customer: CustomerDetail) {
  const [base, setBase] = useState(customer)
  const [draft, setDraft] = useState(() => draftOf(customer))
  const [faults, setFaults] = useState<ReadonlyMap<string, string>>(new Map())
  const [stale, setStale] = useState<readonly Clash[] | null>(null)
  const stored = draftOf(base)
  const isChanged = !isSame(stored, draft)

  const moveTo = (latest: CustomerDetail) => {
    const { values, clashes } = rebase(stored, draft, draftOf(latest))
    setBase(latest)
    setDraft(values)
    return clashes.map((key): Clash => ({ key, mine: draft[key] }))
  }
  // A newer version arrived by itself: a form that nobody touched follows it.
  if (customer.version > base.version && !isChanged) {
    setBase(customer)
    setDraft(draftOf(customer))
  }
  const saving = useSave(
    customer.id,
    (saved) => {
      setBase(saved)
      setDraft(draftOf(saved))
      setStale(null)
    },
    {
      onFaults: setFaults,
      onStale: async () => setStale(moveTo(await client.customers.get({ id: customer.id }))),
    },
  )
  const save = () => {
    if (saving.isPending || !isChanged) return
    setFaults(new Map())
    const { note, ...fields } = draft
    saving.mutate({ id: customer.id, version: base.version, fields, note })
  }
  return {
    draft,
    faults,
    /** Fields that both screens changed; null while no other screen was faster. */
    stale,
    latest: stored,
    isChanged,
    isSaving: saving.isPending,
    save,
    change: (patch: Partial<CustomerDraft>) => setDraft((seen) => ({ ...seen, ...patch })),
    type: (name: keyof CustomerDraft, value: string) => setDraft((seen) => ({ ...seen, [name]: value })),
    reset: () => {
      setDraft(stored)
      setFaults(new Map())
      setStale(null)
    },
  }
}
