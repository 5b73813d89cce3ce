import { Button, Group, NumberInput, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api, describeError } from '../../lib/client'
import { Dialog } from '../../ui/dialog'

interface Interval {
  readonly version: number
  readonly intervalDays: number
  readonly defaultDays: number
}

function IntervalForm({ stored, onClose }: { stored: Interval; onClose: () => void }) {
  const { t } = useTranslation('inspections')
  const { t: common } = useTranslation('common')
  const queries = useQueryClient()
  const [days, setDays] = useState<number | null>(stored.intervalDays)
  const fits = days !== null && Number.isInteger(days) && days >= 1 && days <= 365
  const refresh = () => queries.invalidateQueries({ queryKey: api.keypadInspections.key() })
  const save = useMutation(
    api.keypadInspections.saveSettings.mutationOptions({
      onSuccess: async () => {
        notifications.show({ message: t('interval.saved') })
        onClose()
        await Promise.all([refresh(), queries.invalidateQueries({ queryKey: api.home.key() })])
      },
      onError: async (error) => {
        notifications.show({ message: describeError(error).message, color: 'red' })
        await refresh()
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (fits && !save.isPending) save.mutate({ version: stored.version, intervalDays: days })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="sm">
        <NumberInput
          label={t('interval.label')}
          description={t('interval.note', { days: stored.defaultDays })}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          min={1}
          max={365}
          hideControls
          allowDecimal={false}
          allowNegative={false}
          data-autofocus
          value={days ?? ''}
          error={fits ? undefined : t('interval.range')}
          onChange={(typed) => setDays(typed === '' ? null : Number(typed))}
        />
        <Text size="sm">{t('interval.words')}</Text>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" disabled={!fits || days === stored.intervalDays} loading={save.isPending}>
            {t('interval.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** 点検の間隔: shown to everybody, changed by who manages keypads. */
export function IntervalButton({ writable }: { writable: boolean }) {
  const { t } = useTranslation('inspections')
  const [opened, setOpened] = useState(false)
  const { data } = useQuery(api.keypadInspections.getSettings.queryOptions())
  if (!data) return null
  const words = t('interval.button', { days: data.intervalDays })
  if (!writable) {
    return (
      <Text size="sm" c="dimmed">
        {words}
      </Text>
    )
  }
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {words}
      </Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={t('interval.title')} size={420}>
        <IntervalForm key={data.version} stored={data} onClose={() => setOpened(false)} />
      </Dialog>
    </>
  )
}
