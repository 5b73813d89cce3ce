import { Button, Group, Stack, Switch, Text, Textarea, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactMaster, MasterKind } from '../../../../contract/contact-log'
import { api } from '../../lib/client'
import { tellError } from '../../lib/tell-error'
import { Dialog } from '../../ui/dialog'
import { ErrorPanel } from '../../ui/states'
import { StatusChip } from '../../ui/status-chip'
import { IdentitySettings } from '../identity-check/identity-settings'
import settings from '../settings/settings.module.css'
import { SettingsTabs } from '../settings/settings-tabs'
import styles from './contact-log.module.css'

type Edited = ContactMaster | MasterKind | null

/** 設定 > 応対設定: 本人確認, 用件, 結果 and template texts. */
export function ContactSettingsPage() {
  const { t } = useTranslation('contactLog')
  const session = useQuery(api.auth.session.queryOptions()).data
  const writable = session?.permissions.includes('settings.write') ?? false
  const masters = useQuery(api.contactLog.masters.queryOptions())
  const [edited, setEdited] = useState<Edited>(null)
  const close = () => setEdited(null)
  const tables = (kinds: readonly MasterKind[]) =>
    kinds.map((kind) => (
      <Masters
        key={kind}
        kind={kind}
        writable={writable}
        rows={(masters.data ?? []).filter((one) => one.kind === kind)}
        onEdit={setEdited}
      />
    ))
  return (
    <Stack className="pageBody" gap={14}>
      <Title order={1}>
        <span className={settings.crumb}>{t('settings.crumb')}</span>
        {t('settings.title')}
      </Title>
      <SettingsTabs />
      {masters.isError && <ErrorPanel error={masters.error} onRetry={() => void masters.refetch()} />}
      <div className={settings.columns}>
        <div className={settings.column}>
          <IdentitySettings writable={writable} />
          {tables(['template'])}
        </div>
        <div className={settings.column}>{tables(['topic', 'result'])}</div>
      </div>
      <Dialog opened={edited !== null} onClose={close} title={t('settings.edit')} size={480}>
        {edited && <MasterForm edited={edited} onClose={close} />}
      </Dialog>
    </Stack>
  )
}

interface MastersProps {
  readonly kind: MasterKind
  readonly rows: readonly ContactMaster[]
  readonly writable: boolean
  readonly onEdit: (edited: Edited) => void
}

function Masters({ kind, rows, writable, onEdit }: MastersProps) {
  const { t } = useTranslation('contactLog')
  return (
    <section className="card" aria-labelledby={`master-${kind}`}>
      <div className={styles.head}>
        <Title order={2} id={`master-${kind}`}>
          {t(`settings.kinds.${kind}`)}
        </Title>
        <span className={styles.rest} />
        {writable && (
          <Button size="compact-sm" variant="default" onClick={() => onEdit(kind)}>
            {t('settings.add', { kind: t(`settings.kinds.${kind}`) })}
          </Button>
        )}
      </div>
      {rows.length === 0 && <Text size="sm">{t('settings.none')}</Text>}
      <table className={styles.masters} aria-labelledby={`master-${kind}`}>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                {row.label}
                {row.body !== '' && <div className={styles.quiet}>{row.body}</div>}
              </td>
              <td>
                {!row.active && <StatusChip tone="quiet">{t('settings.off')}</StatusChip>}{' '}
                {writable && (
                  <Button
                    size="compact-sm"
                    variant="default"
                    aria-label={t('settings.editOf', { label: row.label })}
                    onClick={() => onEdit(row)}
                  >
                    {t('edit')}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function MasterForm({ edited, onClose }: { edited: ContactMaster | MasterKind; onClose: () => void }) {
  const { t } = useTranslation('contactLog')
  const { t: common } = useTranslation('common')
  const queries = useQueryClient()
  const before =
    typeof edited === 'string'
      ? { id: null, version: 1, kind: edited, label: '', body: '', active: true }
      : edited
  const [draft, setDraft] = useState(before)
  const save = useMutation(
    api.contactLog.saveMaster.mutationOptions({
      onSuccess: (rows) => {
        queries.setQueryData(api.contactLog.masters.queryKey(), rows)
        onClose()
      },
      onError: (error) => {
        tellError(error)
        void queries.invalidateQueries({ queryKey: api.contactLog.masters.key() })
      },
    }),
  )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate(draft)
      }}
    >
      <Stack gap="sm">
        <TextInput
          label={t('settings.label')}
          maxLength={40}
          data-autofocus
          value={draft.label}
          onChange={(event) => setDraft({ ...draft, label: event.currentTarget.value })}
        />
        {draft.kind === 'template' && (
          <Textarea
            label={t('settings.body')}
            rows={5}
            maxLength={2000}
            value={draft.body}
            onChange={(event) => setDraft({ ...draft, body: event.currentTarget.value })}
          />
        )}
        <Switch
          label={t('settings.active')}
          checked={draft.active}
          onChange={(event) => setDraft({ ...draft, active: event.currentTarget.checked })}
        />
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button type="submit" disabled={draft.label.trim() === ''} loading={save.isPending}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
