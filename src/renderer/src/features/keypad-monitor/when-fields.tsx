import { Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { instantOf, shopTimeOf } from '../../lib/shop-time'
import { DateField } from '../../ui/date-field'

const DAY_MS = 86_400_000

/** The next day at 21:00: after the calls. */
export const tomorrowEvening = (): number =>
  instantOf(shopTimeOf(Date.now() + DAY_MS).day, '21:00') ?? Date.now() + DAY_MS

/** Date and time of the shop in two fields, and the instant that they make. */
export function useWhen(at: () => number) {
  const [start] = useState(() => shopTimeOf(at()))
  const [day, setDay] = useState<string | null>(start.day)
  const [time, setTime] = useState(start.time)
  return { day, setDay, time, setTime, at: instantOf(day, time) }
}

interface WhenFieldsProps {
  readonly when: ReturnType<typeof useWhen>
  /** True once the person wanted to go on. */
  readonly asked: boolean
  readonly takesFocus?: boolean
}

/** 予定日 and 開始時刻. */
export function WhenFields({ when, asked, takesFocus = false }: WhenFieldsProps) {
  const { t } = useTranslation('keypadMonitor')
  return (
    <Group gap="sm" align="start">
      <DateField label={t('update.day')} width={170} value={when.day} onChange={when.setDay} />
      <TextInput
        type="time"
        label={t('update.time')}
        w={130}
        value={when.time}
        onChange={(event) => when.setTime(event.currentTarget.value)}
        error={asked && when.at === null ? t('update.noTime') : null}
        {...(takesFocus ? { 'data-autofocus': true } : {})}
      />
    </Group>
  )
}
