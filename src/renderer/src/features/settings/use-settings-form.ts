import { notifications } from '@mantine/notifications'
import { isDefinedError } from '@orpc/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ImportantSettings } from '../../../../contract/settings'
import { api, client, describeError } from '../../lib/client'
import { isSame, rebase } from '../../ui/rebase'

/** The settings as main keeps them, with what the form needs to show them. */
export interface StoredSettings {
  readonly version: number
  readonly values: ImportantSettings
  readonly defaults: ImportantSettings
  readonly services: readonly { id: string; name: string; simulator: boolean }[]
}

export type SettingName = keyof ImportantSettings
export type Change = <K extends SettingName>(key: K, value: ImportantSettings[K]) => void
/** Sentences of refused fields by their name. */
export type Faults = ReadonlyMap<string, string>

function useSave(on: {
  saved: (stored: { version: number; values: ImportantSettings }) => void
  faults: (faults: Faults) => void
  stale: () => Promise<void>
}) {
  const { t } = useTranslation('settings')
  const queries = useQueryClient()
  return useMutation(
    api.settings.saveImportant.mutationOptions({
      onSuccess: async (saved) => {
        on.saved(saved)
        notifications.show({ message: t('saved') })
        await queries.invalidateQueries()
      },
      onError: async (error) => {
        if (isDefinedError(error) && error.code === 'INVALID_FIELDS') {
          on.faults(new Map(error.data.fields.map((fault) => [fault.path, fault.message])))
        } else if (isDefinedError(error) && error.code === 'STALE') {
          await on.stale()
        } else {
          const { message, supportCode } = describeError(error)
          notifications.show({ message: [message, supportCode].filter(Boolean).join(' '), color: 'red' })
        }
      },
    }),
  )
}

/** The form over one version of the settings; when another screen was faster, the changes move to its version. */
export function useSettingsForm(stored: StoredSettings) {
  const { t } = useTranslation('settings')
  const [base, setBase] = useState<{ version: number; values: ImportantSettings }>(stored)
  const [values, setValues] = useState(stored.values)
  const [faults, setFaults] = useState<Faults>(new Map())
  const [stale, setStale] = useState<SettingName[] | null>(null)
  const isChanged = !isSame(base.values, values)

  const settle = (latest: { version: number; values: ImportantSettings }) => {
    setBase(latest)
    setValues(latest.values)
    setStale(null)
  }
  if (stored.version > base.version && !isChanged) settle(stored)
  const saving = useSave({
    saved: settle,
    faults: setFaults,
    stale: async () => {
      const latest = await client.settings.getImportant()
      const rebased = rebase(base.values, values, latest.values)
      setBase(latest)
      setValues(rebased.values)
      setStale(rebased.clashes)
    },
  })
  const change: Change = (key, value) => setValues((seen) => ({ ...seen, [key]: value }))
  const save = () => {
    if (saving.isPending) return
    const parsed = ImportantSettings.safeParse(values)
    if (parsed.success) {
      setFaults(new Map())
      saving.mutate({ version: base.version, values: parsed.data })
      return
    }
    setFaults(new Map(parsed.error.issues.map((issue) => [String(issue.path[0]), t('outOfRange')])))
  }
  return {
    values,
    change,
    faults,
    /** Settings that both screens changed; null while no other screen was faster. */
    stale,
    kept: base.values,
    isChanged,
    isSaving: saving.isPending,
    save,
    undo: () => {
      settle(base)
      setFaults(new Map())
    },
  }
}
