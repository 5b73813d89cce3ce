import { Button, Group, Select, Stack, Switch, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { ORPCError } from '@orpc/client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { MediumKind, type Medium } from '../../../../contract/offers'
import { api, client } from '../../lib/client'
import { tellError } from '../../lib/tell-error'
import { Dialog } from '../../ui/dialog'
import styles from './offers.module.css'

type Fields = Pick<Medium, 'code' | 'name' | 'kind' | 'active'>
const NEW: Fields = { code: '', name: '', kind: 'newspaper', active: true }
const Refused = z.object({ fields: z.array(z.object({ path: z.string(), message: z.string() })) })

/** 媒体を編集: the media, and one of them to be changed or added. */
export function MediaButton() {
  const { t } = useTranslation('offers')
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {t('media.button')}
      </Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={t('media.title')} size={640}>
        <Media />
      </Dialog>
    </>
  )
}

function Media() {
  const { t } = useTranslation('offers')
  const media = useQuery(api.offers.media.queryOptions())
  const [edited, setEdited] = useState<Medium | null>(null)
  const rows = media.data ?? []
  return (
    <Stack gap="sm">
      <Text size="sm">{t('media.words')}</Text>
      {media.isSuccess && rows.length === 0 && <Text size="sm">{t('media.none')}</Text>}
      <ul className={styles.media}>
        {rows.map((medium) => (
          <li key={medium.id}>
            <span className={styles.code}>{medium.code}</span>
            <span className={styles.grow}>
              {medium.name}({t(`kinds.${medium.kind}`)})
            </span>
            <Text size="sm" c="dimmed" component="span">
              {medium.active ? t('media.offers', { count: medium.offers }) : t('media.off')}
            </Text>
            <Button
              variant="default"
              size="compact-sm"
              aria-label={t('media.edit', { name: medium.name })}
              onClick={() => setEdited(medium)}
            >
              {t('media.change')}
            </Button>
          </li>
        ))}
      </ul>
      <MediumForm key={edited?.id ?? `new-${rows.length}`} edited={edited} onDone={() => setEdited(null)} />
    </Stack>
  )
}

function MediumForm({ edited, onDone }: { edited: Medium | null; onDone: () => void }) {
  const { t } = useTranslation('offers')
  const queries = useQueryClient()
  const [fields, setFields] = useState<Fields>(edited ?? NEW)
  const [faults, setFaults] = useState<ReadonlyMap<string, string>>(new Map())
  const change = (part: Partial<Fields>) => setFields((seen) => ({ ...seen, ...part }))
  const saving = useMutation({
    mutationFn: () => {
      const { code, name, kind, active } = fields
      const typed = { code, name, kind, active }
      if (edited === null) return client.offers.addMedium({ fields: typed })
      return client.offers.saveMedium({ id: edited.id, version: edited.version, fields: typed })
    },
    onSuccess: (media) => {
      queries.setQueryData(api.offers.media.queryKey(), media)
      void queries.invalidateQueries({ queryKey: api.offers.list.key() })
      notifications.show({ message: t('media.saved') })
      onDone()
    },
    onError: (error) => {
      const refused = error instanceof ORPCError ? Refused.safeParse(error.data) : null
      if (refused?.success) setFaults(new Map(refused.data.fields.map((one) => [one.path, one.message])))
      else {
        tellError(error)
        void queries.invalidateQueries({ queryKey: api.offers.media.key() })
      }
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setFaults(new Map())
    saving.mutate()
  }
  return (
    <form onSubmit={submit} noValidate className={styles.medium} aria-label={t('media.title')}>
      <TextInput
        label={t('media.code')}
        maxLength={20}
        value={fields.code}
        error={faults.get('code')}
        onChange={(event) => change({ code: event.currentTarget.value })}
      />
      <TextInput
        label={t('media.name')}
        maxLength={40}
        value={fields.name}
        error={faults.get('name')}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Select
        label={t('media.kind')}
        allowDeselect={false}
        data={MediumKind.options.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        value={fields.kind}
        onChange={(value) => change({ kind: MediumKind.options.find((one) => one === value) ?? 'other' })}
      />
      <Group gap="sm" className={styles.wide ?? ''}>
        <Switch
          label={t('media.active')}
          checked={fields.active}
          onChange={(event) => change({ active: event.currentTarget.checked })}
        />
        <div className={styles.grow} />
        {edited !== null && (
          <Button variant="default" onClick={onDone}>
            {t('media.cancel')}
          </Button>
        )}
        <Button type="submit" loading={saving.isPending}>
          {t(edited === null ? 'media.add' : 'media.save')}
        </Button>
      </Group>
    </form>
  )
}
