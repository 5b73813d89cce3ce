import { notifications } from '@mantine/notifications'
import { isDefinedError } from '@orpc/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerFile, FileFields } from '../../../../contract/customer-file'
import { api, client } from '../../lib/client'
import { tellError } from '../../lib/tell-error'
import { rebase } from '../../ui/rebase'

const isChangedFrom = (base: FileFields, draft: FileFields) => JSON.stringify(base) !== JSON.stringify(draft)

/** The draft over one version of the file; when another screen was faster, the changes move to its version. */
export function useFileDraft(file: CustomerFile) {
  const { t } = useTranslation('customerFile')
  const queries = useQueryClient()
  const [base, setBase] = useState(file)
  const [draft, setDraft] = useState(file.fields)
  const [how, setHow] = useState('')
  const [faults, setFaults] = useState<ReadonlyMap<string, string>>(new Map())
  const [clashes, setClashes] = useState<(keyof FileFields)[] | null>(null)
  const isChanged = isChangedFrom(base.fields, draft)
  if (file !== base && file.version >= base.version && !isChanged && clashes === null) {
    setBase(file)
    setDraft(file.fields)
  }
  const save = useMutation(
    api.customerFile.save.mutationOptions({
      onSuccess: async (saved) => {
        setBase(saved)
        setDraft(saved.fields)
        setHow('')
        setFaults(new Map())
        setClashes(null)
        queries.setQueryData(api.customerFile.get.queryKey({ input: { customerId: file.id } }), saved)
        notifications.show({ message: t('saved') })
        await queries.invalidateQueries({ queryKey: api.customers.key() })
      },
      onError: async (error) => {
        if (!isDefinedError(error)) return tellError(error)
        if (error.code === 'INVALID_FIELDS')
          return setFaults(new Map(error.data.fields.map(({ path, message }) => [path, message])))
        if (error.code !== 'STALE') return tellError(error)
        const latest = await client.customerFile.get({ customerId: file.id })
        const moved = rebase(flat(base.fields), flat(draft), flat(latest.fields))
        setBase(latest)
        setDraft(unflat(moved.values, draft, latest.fields))
        setClashes(moved.clashes)
      },
    }),
  )
  return {
    base,
    draft,
    how,
    setHow,
    faults,
    clashes,
    isChanged,
    isSaving: save.isPending,
    change: (part: Partial<FileFields>) => setDraft({ ...draft, ...part }),
    reset: () => {
      setDraft(base.fields)
      setFaults(new Map())
      setClashes(null)
    },
    save: () => save.mutate({ customerId: file.id, version: base.version, fields: draft, consentHow: how }),
  }
}

/** Lists as one text each, so that fields can be compared. */
type Flat = Readonly<Record<keyof FileFields, string>>
const flat = (fields: FileFields): Flat => ({
  company: fields.company,
  sex: fields.sex ?? '',
  birthday: fields.birthday ?? '',
  phones: JSON.stringify(fields.phones),
  tags: JSON.stringify(fields.tags),
  mailConsent: fields.mailConsent,
  dmConsent: fields.dmConsent,
})

function unflat(values: Flat, mine: FileFields, theirs: FileFields): FileFields {
  const own = flat(mine)
  const pick = <Key extends keyof FileFields>(key: Key): FileFields[Key] =>
    values[key] === own[key] ? mine[key] : theirs[key]
  return {
    company: pick('company'),
    sex: pick('sex'),
    birthday: pick('birthday'),
    phones: pick('phones'),
    tags: pick('tags'),
    mailConsent: pick('mailConsent'),
    dmConsent: pick('dmConsent'),
  }
}
