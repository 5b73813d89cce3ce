import { notifications } from '@mantine/notifications'
import { isDefinedError } from '@orpc/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MailSettings } from '../../../../contract/options'
import { api, client } from '../../lib/client'
import { isSame } from '../../ui/rebase'
import { useSettled } from './use-options'

export interface SavedMail {
  readonly version: number
  readonly values: MailSettings
  readonly hasPassword: boolean
}

export type MailFaults = ReadonlyMap<string, string>

/** The mail settings as typed; the password is null while the kept one is not touched. */
export function useMailForm(stored: SavedMail) {
  const { t } = useTranslation('options')
  const queries = useQueryClient()
  const settled = useSettled()
  const [base, setBase] = useState(stored)
  const [values, setValues] = useState(stored.values)
  const [password, setPassword] = useState<string | null>(null)
  const [faults, setFaults] = useState<MailFaults>(new Map())
  const isChanged = !isSame(base.values, values) || password !== null

  const settle = (latest: SavedMail) => {
    setBase(latest)
    setValues(latest.values)
    setPassword(null)
    setFaults(new Map())
  }
  if (stored.version > base.version && !isChanged) settle(stored)
  const saving = useMutation(
    api.options.saveMail.mutationOptions({
      onSuccess: async (saved) => {
        settle(saved)
        await settled.done(t('settings.saved'))()
      },
      onError: async (error) => {
        if (isDefinedError(error) && error.code === 'INVALID_FIELDS') {
          setFaults(new Map(error.data.fields.map((fault) => [fault.path, fault.message])))
        } else if (isDefinedError(error) && error.code === 'STALE') {
          settle(await client.options.getMail())
          notifications.show({ message: t('settings.stale'), color: 'yellow' })
          await queries.invalidateQueries({ queryKey: api.options.key() })
        } else {
          await settled.failed(error)
        }
      },
    }),
  )
  const save = () => {
    if (saving.isPending) return
    const parsed = MailSettings.safeParse(values)
    if (parsed.success) {
      setFaults(new Map())
      saving.mutate({ version: base.version, values: parsed.data, password })
      return
    }
    const words = (path: string) => t(path === 'port' ? 'settings.outOfRange' : 'settings.email')
    setFaults(
      new Map(
        parsed.error.issues.map(({ path }) => [String(path[0]), words(String(path[0]))] as [string, string]),
      ),
    )
  }
  return {
    values,
    change: (part: Partial<MailSettings>) => setValues((seen) => ({ ...seen, ...part })),
    password,
    setPassword,
    faults,
    setFaults,
    hasPassword: base.hasPassword,
    isChanged,
    isSaving: saving.isPending,
    save,
    undo: () => settle(base),
  }
}
