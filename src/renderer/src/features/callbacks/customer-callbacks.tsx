import { Button, Group, Select, Stack, Text, Textarea, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client'
import { instantOf, shopTimeOf } from '../../lib/shop-time'
import { tellError } from '../../lib/tell-error'
import { DateField } from '../../ui/date-field'
import { Dialog } from '../../ui/dialog'
import { ErrorPanel } from '../../ui/states'
import { CallbackList } from './callback-list'
import styles from './callbacks.module.css'

/** 折り返し予約 of one customer. */
export function CustomerCallbacks({ customerId, phone }: { customerId: string; phone: string }) {
  const { t } = useTranslation('callbacks')
  const [opened, setOpened] = useState(false)
  const list = useQuery(api.callbacks.ofCustomer.queryOptions({ input: { customerId } }))
  return (
    <section className="card" aria-labelledby="callbacks">
      <div className={styles.head}>
        <Title order={2} id="callbacks">
          {t('title')}
        </Title>
        <Button size="compact-sm" variant="default" onClick={() => setOpened(true)}>
          {t('add')}
        </Button>
      </div>
      {list.isError && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
      {list.data?.length === 0 && <Text size="sm">{t('none')}</Text>}
      {list.data && list.data.length > 0 && <CallbackList rows={list.data} named={false} />}
      <Dialog opened={opened} onClose={() => setOpened(false)} title={t('add')} size={480}>
        <CallbackForm customerId={customerId} phone={phone} onClose={() => setOpened(false)} />
      </Dialog>
    </section>
  )
}

const HOUR = 3_600_000
const MINUTES = 60_000

interface FormProps {
  readonly customerId: string
  readonly phone: string
  readonly onClose: () => void
}

function CallbackForm({ customerId, phone, onClose }: FormProps) {
  const { t } = useTranslation('callbacks')
  const { t: common } = useTranslation('common')
  const people = useQuery(api.callbacks.people.queryOptions()).data ?? []
  const session = useQuery(api.auth.session.queryOptions()).data
  const [soon] = useState(() => shopTimeOf(Math.ceil((Date.now() + HOUR) / (5 * MINUTES)) * 5 * MINUTES))
  const [day, setDay] = useState<string | null>(soon.day)
  const [time, setTime] = useState(soon.time)
  const [to, setTo] = useState<string | null>(session?.userId ?? null)
  const [number, setNumber] = useState(phone)
  const [reason, setReason] = useState('')
  const add = useMutation(api.callbacks.add.mutationOptions({ onSuccess: onClose, onError: tellError }))
  const dueAt = instantOf(day, time)
  const isComplete = reason.trim() !== '' && number.trim() !== ''
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (isComplete && dueAt !== null)
          add.mutate({ customerId, dueAt, assigneeId: to, phone: number, reason })
      }}
    >
      <Stack gap="sm">
        <Textarea
          label={t('reason')}
          rows={2}
          maxLength={500}
          data-autofocus
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group gap="sm" align="end">
          <DateField label={t('day')} width={160} value={day} onChange={setDay} />
          <TextInput
            type="time"
            label={t('time')}
            w={110}
            value={time}
            onChange={(event) => setTime(event.currentTarget.value)}
          />
          <TextInput
            label={t('phone')}
            w={150}
            inputMode="tel"
            maxLength={30}
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
          />
        </Group>
        <Select
          label={t('assignee')}
          data={[
            { value: '', label: t('anyone') },
            ...people.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={to ?? ''}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
          onChange={(value) => setTo(value || null)}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" disabled={!isComplete || dueAt === null} loading={add.isPending}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
