import { Alert, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { OptionState, OptionView } from '../../../../contract/options'
import { api } from '../../lib/client'
import { formatPlainDate } from '../../lib/format'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel } from '../../ui/states'
import { StatusChip, type Tone } from '../../ui/status-chip'
import { SettingsTabs } from '../settings/settings-tabs'
import { ApplyForm } from './apply-form'
import { MailSettingsCard } from './mail-settings'
import { MailStatus } from './mail-status'
import { OptionSteps } from './option-steps'
import styles from './options.module.css'
import { StepButtons } from './step-buttons'

const TONE: Readonly<Record<OptionState, Tone>> = {
  'not-applied': 'quiet',
  applied: 'wait',
  'in-use': 'good',
  stopped: 'bad',
}

/** How often the state is asked for while a mail is on its way, ms. */
const WATCH_MS = 2_000

function Words({ option }: { option: OptionView }) {
  const { t } = useTranslation('options')
  const date = option.answerDueOn === null ? '' : formatPlainDate(option.answerDueOn)
  if (option.overdue) {
    return (
      <Alert color="red" py="xs" role="alert" title={t('overdue', { date })} c="var(--mantine-color-text)">
        {t('overdueWords')}
      </Alert>
    )
  }
  switch (option.state) {
    case 'applied':
      return <Text size="sm">{t('waiting', { date })}</Text>
    case 'in-use':
      return <Text size="sm">{t('inUse')}</Text>
    case 'not-applied':
    case 'stopped':
      return <Text size="sm">{t(`production.${option.state}`)}</Text>
  }
}

function Service({ option, writable }: { option: OptionView; writable: boolean }) {
  const { t } = useTranslation('options')
  return (
    <section className="card" aria-labelledby="option-service">
      <div className={styles.head}>
        <Title order={2} id="option-service">
          {t('service')}
        </Title>
        <span role="status" data-testid="option-state" data-state={option.state}>
          <StatusChip tone={TONE[option.state]}>{t(`state.${option.state}`)}</StatusChip>
        </span>
      </div>
      <Stack gap={12}>
        <Text size="sm" c="dimmed">
          {t('about')} {option.allowed.includes('apply') && t('flow')}
        </Text>
        <Words option={option} />
        {writable && option.allowed.includes('apply') && <ApplyForm option={option} />}
        {writable && <StepButtons option={option} />}
      </Stack>
    </section>
  )
}

/** 設定 > オプション申込 */
export function OptionsPage() {
  const { t } = useTranslation('options')
  const { t: settings } = useTranslation('settings')
  const option = useQuery(
    api.options.get.queryOptions({
      refetchInterval: ({ state }) => {
        const mail = state.data?.mail?.state
        return mail === 'queued' || mail === 'sending' ? WATCH_MS : false
      },
    }),
  )
  const session = useQuery(api.auth.session.queryOptions())
  const writable = session.data?.permissions.includes('option.apply') ?? false
  const { data } = option
  return (
    <Stack className="pageBody" gap={14}>
      <div className={pageHead.head}>
        <Title order={1}>
          <Text span inherit fw={400} c="dimmed">
            {settings('crumb')}
          </Text>
          {t('title')}
        </Title>
      </div>
      <SettingsTabs />
      {option.isError && <ErrorPanel error={option.error} onRetry={() => void option.refetch()} />}
      {session.data && !writable && (
        <Alert color="gray" role="note" c="var(--mantine-color-text)">
          {t('readOnly')}
        </Alert>
      )}
      {option.isPending && (
        <div className={styles.columns} aria-hidden="true">
          <Skeleton height={320} />
          <Skeleton height={420} />
        </div>
      )}
      {data && (
        <div className={styles.columns}>
          <div className={styles.column}>
            <Service option={data} writable={writable} />
            {data.mail && <MailStatus mail={data.mail} writable={writable} />}
            <OptionSteps steps={data.steps} />
          </div>
          {writable && <MailSettingsCard />}
        </div>
      )}
    </Stack>
  )
}
