import { notifications } from '@mantine/notifications'
import { isDefinedError } from '@orpc/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ImportantSettings, type SeatSettings } from '../../../../contract/settings'
import { api, client, describeError } from '../../lib/client'
import { isSame, rebase } from '../../ui/rebase'

/** The settings as main keeps them, with what the form needs to show them. */
export interface StoredSettings {
  readonly version: number
  readonly values: ImportantSettings
  readonly defaults: ImportantSettings
  readonly seat: SeatSettings
  readonly services: readonly { id: string; name: string; simulator: boolean }[]
}

/** Everything on the page: what all seats share, and what is kept at this PC. */
export interface FormValues extends ImportantSettings {
  readonly seatName: string
  /** As it is sent: null keeps the registered code, empty removes it. The code itself never comes back. */
  readonly relayPairingCode: string | null
}

const formValues = (values: ImportantSettings, seat: SeatSettings): FormValues => ({
  ...values,
  seatName: seat.seatName,
  relayPairingCode: null,
})

interface Saved {
  readonly version: number
  readonly values: ImportantSettings
  readonly seat: SeatSettings
}

export type SettingName = keyof FormValues
export type Change = <K extends SettingName>(key: K, value: FormValues[K]) => void
/** Sentences of refused fields by their name. */
export type Faults = ReadonlyMap<string, string>

function useSave(on: {
  saved: (stored: Saved) => void
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
  const [base, setBase] = useState<Saved>(stored)
  const kept = formValues(base.values, base.seat)
  const [values, setValues] = useState(kept)
  const [faults, setFaults] = useState<Faults>(new Map())
  const [stale, setStale] = useState<SettingName[] | null>(null)
  const isChanged = !isSame(kept, values)

  const settle = (latest: Saved) => {
    setBase(latest)
    setValues(formValues(latest.values, latest.seat))
    setStale(null)
  }
  if (stored.version > base.version && !isChanged) settle(stored)
  const saving = useSave({
    saved: settle,
    faults: setFaults,
    stale: async () => {
      const latest = await client.settings.getImportant()
      const rebased = rebase(kept, values, formValues(latest.values, latest.seat))
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
      const { seatName, relayPairingCode } = values
      saving.mutate({ version: base.version, values: parsed.data, seat: { seatName, relayPairingCode } })
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
    kept,
    isPaired: base.seat.relayPairingSet,
    isChanged,
    isSaving: saving.isPending,
    save,
    undo: () => {
      settle(base)
      setFaults(new Map())
    },
  }
}
