import { Alert, Anchor, Skeleton, Stack, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { CustomerMailKind, MailTemplateView } from '../../../../contract/customer-mails'
import { api } from '../../lib/client'
import { ErrorPanel } from '../../ui/states'
import { StatusChip } from '../../ui/status-chip'
import settings from '../settings/settings.module.css'
import { SettingsTabs } from '../settings/settings-tabs'
import styles from './customer-mails.module.css'
import { MailDays } from './mail-days'
import { TemplateForm } from './template-form'

interface KindsProps {
  readonly templates: readonly MailTemplateView[]
  readonly chosen: CustomerMailKind
  readonly onChoose: (kind: CustomerMailKind) => void
}

function Kinds({ templates, chosen, onChoose }: KindsProps) {
  const { t } = useTranslation('customerMails')
  return (
    <section className="card" aria-labelledby="mail-kinds">
      <Title order={2} id="mail-kinds">
        {t('settings.list')}
      </Title>
      <Text size="xs" c="dimmed" mt={4}>
        {t('settings.listNote')}
      </Text>
      <ul className={styles.kinds}>
        {templates.map(({ kind, active, subject, body, standard }) => (
          <li key={kind}>
            <button
              type="button"
              className={styles.kind}
              aria-current={kind === chosen}
              onClick={() => onChoose(kind)}
            >
              <span className={styles.kindHead}>
                {t(`kinds.${kind}`)}
                <span className={styles.rest} />
                {(subject !== standard.subject || body !== standard.body) && (
                  <StatusChip tone="quiet">{t('settings.own')}</StatusChip>
                )}
                <StatusChip tone={active ? 'good' : 'quiet'}>
                  {t(active ? 'settings.on' : 'settings.off')}
                </StatusChip>
              </span>
              <span className={styles.quiet}>{t(`settings.when.${kind}`)}</span>
            </button>
          </li>
        ))}
      </ul>
      <Text size="sm" mt={8}>
        {t('settings.sender')}{' '}
        <Anchor component={Link} href="/settings/options" size="sm" underline="always">
          {t('queue.openOptions')}
        </Anchor>
      </Text>
    </section>
  )
}

function Body({ templates, writable }: { templates: readonly MailTemplateView[]; writable: boolean }) {
  const { t } = useTranslation('customerMails')
  const [chosen, setChosen] = useState<CustomerMailKind>('payment-declined')
  const [isChanged, setChanged] = useState(false)
  const template = templates.find(({ kind }) => kind === chosen)
  // What was typed is not dropped by looking at another mail.
  const choose = (kind: CustomerMailKind) =>
    isChanged && kind !== chosen
      ? notifications.show({ message: t('settings.leave'), color: 'yellow' })
      : setChosen(kind)
  return (
    <>
      {!writable && (
        <Alert color="gray" role="note" c="var(--mantine-color-text)">
          {t('settings.readOnly')}
        </Alert>
      )}
      <div className={styles.columns}>
        <div className={styles.column}>
          <Kinds templates={templates} chosen={chosen} onChoose={choose} />
          <MailDays writable={writable} />
        </div>
        {template && (
          <TemplateForm key={chosen} stored={template} writable={writable} onChanged={setChanged} />
        )}
      </div>
    </>
  )
}

/** 設定 > お客様へのメール: which are sent, when, and what they say. */
export function MailSettingsPage() {
  const { t } = useTranslation('customerMails')
  const templates = useQuery(api.customerMails.templates.queryOptions())
  const session = useQuery(api.auth.session.queryOptions())
  const writable = session.data?.permissions.includes('settings.write') ?? false
  return (
    <Stack className="pageBody" gap={14}>
      <Title order={1}>
        <span className={settings.crumb}>{t('settings.crumb')}</span>
        {t('settings.title')}
      </Title>
      <SettingsTabs />
      {templates.isError && <ErrorPanel error={templates.error} onRetry={() => void templates.refetch()} />}
      {templates.isPending && <Skeleton height={320} aria-hidden="true" />}
      {templates.data && <Body templates={templates.data} writable={writable} />}
    </Stack>
  )
}
