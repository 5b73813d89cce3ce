import { Button, Group, MultiSelect, SegmentedControl, Select, Stack, Textarea } from '@mantine/core'
import { isDefinedError } from '@orpc/client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  ContactChannel,
  type ContactInput,
  type ContactMaster,
  type ContactView,
  type MasterKind,
} from '../../../../contract/contact-log'
import { api, client } from '../../lib/client'
import { formatDate } from '../../lib/format'
import { tellError } from '../../lib/tell-error'
import { DateField } from '../../ui/date-field'
import { StaleContact } from './stale-contact'

const EMPTY: ContactInput = {
  channel: 'phone',
  direction: 'in',
  topicId: null,
  resultId: null,
  status: 'done',
  body: '',
  dueOn: null,
  orderIds: [],
}

const inputOf = (view: ContactView): ContactInput => ({
  channel: view.channel,
  direction: view.direction,
  topicId: view.topicId,
  resultId: view.resultId,
  status: view.status,
  body: view.body,
  dueOn: view.dueOn,
  orderIds: view.orders.map(({ id }) => id),
})

/** Codes that can be chosen: those on offer, and the one that is chosen already. */
const choices = (masters: readonly ContactMaster[], kind: MasterKind, chosen: string | null) =>
  masters
    .filter((one) => one.kind === kind && (one.active || one.id === chosen))
    .map(({ id, label }) => ({ value: id, label }))

interface ContactFormProps {
  readonly customerId: string
  /** Null: a new one. */
  readonly contact: ContactView | null
  readonly onClose: () => void
}

/** Writes a contact down, or corrects one over the version that was seen. */
export function ContactForm({ customerId, contact, onClose }: ContactFormProps) {
  const { t } = useTranslation('contactLog')
  const { t: common } = useTranslation('common')
  const masters = useQuery(api.contactLog.masters.queryOptions()).data ?? []
  const orders = useQuery(api.customerFile.orders.queryOptions({ input: { customerId, limit: 20 } })).data
  const [draft, setDraft] = useState(() => (contact ? inputOf(contact) : EMPTY))
  const [version, setVersion] = useState(contact?.version ?? 1)
  const [theirs, setTheirs] = useState<ContactView | null>(null)
  const change = (part: Partial<ContactInput>) => setDraft({ ...draft, ...part })
  const add = useMutation(api.contactLog.add.mutationOptions({ onSuccess: onClose, onError: tellError }))
  const save = useMutation(
    api.contactLog.save.mutationOptions({
      onSuccess: onClose,
      onError: async (error, { id }) => {
        if (!isDefinedError(error) || error.code !== 'STALE') return tellError(error)
        const latest = await client.contactLog.get({ id })
        setTheirs(latest)
        setVersion(latest.version)
      },
    }),
  )
  const useTemplate = (id: string | null) => {
    const body = masters.find((one) => one.id === id)?.body
    if (body) change({ body: draft.body.trim() === '' ? body : `${draft.body.trimEnd()}\n${body}` })
  }
  const select = { clearable: true, comboboxProps: { withinPortal: false } }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (contact) save.mutate({ ...draft, id: contact.id, version })
        else add.mutate({ ...draft, customerId })
      }}
    >
      <Stack gap="sm">
        {theirs && <StaleContact theirs={theirs} onTake={() => setDraft(inputOf(theirs))} />}
        <Group gap="sm" align="end">
          <Select
            {...select}
            clearable={false}
            allowDeselect={false}
            label={t('channel')}
            w={120}
            data={ContactChannel.options.map((value) => ({ value, label: t(`channels.${value}`) }))}
            value={draft.channel}
            onChange={(value) => change({ channel: ContactChannel.parse(value) })}
          />
          <SegmentedControl
            aria-label={t('direction')}
            data={[
              { value: 'in', label: t('directions.in') },
              { value: 'out', label: t('directions.out') },
            ]}
            value={draft.direction}
            onChange={(value) => change({ direction: value === 'out' ? 'out' : 'in' })}
          />
          <SegmentedControl
            aria-label={t('status')}
            data={[
              { value: 'done', label: t('statuses.done') },
              { value: 'open', label: t('statuses.open') },
            ]}
            value={draft.status}
            onChange={(value) => change({ status: value === 'open' ? 'open' : 'done' })}
          />
          {draft.status === 'open' && (
            <DateField
              label={t('due')}
              width={150}
              value={draft.dueOn}
              onChange={(dueOn) => change({ dueOn })}
            />
          )}
        </Group>
        <Group gap="sm" grow>
          <Select
            {...select}
            label={t('topic')}
            data={choices(masters, 'topic', draft.topicId)}
            value={draft.topicId}
            onChange={(topicId) => change({ topicId })}
          />
          <Select
            {...select}
            label={t('result')}
            data={choices(masters, 'result', draft.resultId)}
            value={draft.resultId}
            onChange={(resultId) => change({ resultId })}
          />
          <Select
            {...select}
            label={t('template')}
            placeholder={t('templateHint')}
            data={choices(masters, 'template', null)}
            value={null}
            onChange={useTemplate}
          />
        </Group>
        <Textarea
          label={t('body')}
          rows={5}
          maxLength={4000}
          data-autofocus
          value={draft.body}
          onChange={(event) => change({ body: event.currentTarget.value })}
        />
        {orders && orders.items.length > 0 && (
          <MultiSelect
            label={t('orders')}
            maxValues={10}
            comboboxProps={{ withinPortal: false }}
            data={orders.items.map((order) => ({
              value: order.id,
              label: t('orderChoice', { number: order.number, date: formatDate(order.orderedAt) }),
            }))}
            value={draft.orderIds}
            onChange={(orderIds) => change({ orderIds })}
          />
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" disabled={draft.body.trim() === ''} loading={add.isPending || save.isPending}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
