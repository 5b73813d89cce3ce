import { Button, Group, SegmentedControl, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { ORPCError } from '@orpc/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { Listing, type BlacklistEntry, type BlacklistEntryFields } from '../../../../contract/blacklist'
import { api, client } from '../../lib/client'
import { tellError } from '../../lib/tell-error'
import { Dialog } from '../../ui/dialog'

const NEW: BlacklistEntryFields = {
  standing: 'listed',
  reason: '',
  name: '',
  kana: '',
  phone: '',
  email: '',
  postalCode: '',
  address: '',
}
const Refused = z.object({ fields: z.array(z.object({ path: z.string(), message: z.string() })) })
const CONDITIONS = [
  ['name', 'name', 80],
  ['kana', 'kana', 120],
  ['phone', 'phone', 30],
  ['email', 'email', 254],
  ['postalCode', 'postal-code', 12],
  ['address', 'address', 200],
] as const

const typedOf = (entry: BlacklistEntry): BlacklistEntryFields => {
  const { standing, reason, name, kana, phone, email, postalCode, address } = entry
  return { standing, reason, name, kana, phone, email, postalCode, address }
}

/** A condition entry, new or changed. */
export function EntryDialog({ entry, onClose }: { entry: BlacklistEntry | null; onClose: () => void }) {
  const { t } = useTranslation('blacklist')
  const { t: common } = useTranslation('common')
  const queries = useQueryClient()
  const [fields, setFields] = useState(entry ? typedOf(entry) : NEW)
  const [faults, setFaults] = useState<ReadonlyMap<string, string>>(new Map())
  const change = (part: Partial<BlacklistEntryFields>) => setFields((seen) => ({ ...seen, ...part }))
  const saving = useMutation({
    mutationFn: () =>
      entry === null
        ? client.blacklist.add({ fields })
        : client.blacklist.save({ id: entry.id, version: entry.version, fields }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: api.blacklist.list.key() })
      notifications.show({ message: t('saved') })
      onClose()
    },
    onError: (error) => {
      const refused = error instanceof ORPCError ? Refused.safeParse(error.data) : null
      if (refused?.success) setFaults(new Map(refused.data.fields.map((one) => [one.path, one.message])))
      else tellError(error)
    },
  })
  return (
    <Dialog opened onClose={onClose} title={t(entry === null ? 'add' : 'edit')} size={520}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setFaults(new Map())
          saving.mutate()
        }}
      >
        <Stack gap="sm">
          <SegmentedControl
            aria-label={t('columns.standing')}
            data={Listing.options.map((value) => ({ value, label: t(`standing.${value}`) }))}
            value={fields.standing}
            onChange={(value) => change({ standing: Listing.parse(value) })}
          />
          <Text size="sm">{t('formHint')}</Text>
          {CONDITIONS.map(([key, label, maxLength], index) => (
            <TextInput
              key={key}
              label={t(`field.${label}`)}
              maxLength={maxLength}
              {...(index === 0 ? { 'data-autofocus': true } : {})}
              value={fields[key]}
              error={faults.get(key)}
              onChange={(event) => change({ [key]: event.currentTarget.value })}
            />
          ))}
          <Textarea
            label={t('reason')}
            placeholder={t('reasonHint')}
            required
            rows={2}
            maxLength={200}
            value={fields.reason}
            error={faults.get('reason')}
            onChange={(event) => change({ reason: event.currentTarget.value })}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={saving.isPending}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
