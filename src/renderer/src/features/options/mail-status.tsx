import { Button, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { MailState, MailView } from '../../../../contract/options'
import { api } from '../../lib/client'
import { formatDateTime } from '../../lib/format'
import { StatusChip, type Tone } from '../../ui/status-chip'
import styles from './options.module.css'
import { useSettled } from './use-options'

const TONE: Readonly<Record<MailState, Tone>> = {
  queued: 'wait',
  sending: 'wait',
  sent: 'good',
  unknown: 'bad',
  dropped: 'quiet',
}

function Story({ mail }: { mail: MailView }) {
  const { t } = useTranslation('options')
  const { to } = mail
  switch (mail.state) {
    case 'sent':
      return t('mail.sentAt', { to, time: mail.sentAt === null ? '' : formatDateTime(mail.sentAt) })
    case 'sending':
      return t('mail.sending', { to })
    case 'dropped':
      return t('mail.dropped')
    case 'unknown':
      return t('mail.unknown')
    case 'queued':
      return mail.cause === null ? t('mail.queued', { to }) : t('mail.failed', { attempts: mail.attempts })
  }
}

/** How the application's mail stands, why it waits, and 再送. */
export function MailStatus({ mail, writable }: { mail: MailView; writable: boolean }) {
  const { t } = useTranslation('options')
  const settled = useSettled()
  const resend = useMutation(
    api.options.resend.mutationOptions({ onSuccess: settled.refresh, onError: settled.failed }),
  )
  const waits = mail.state === 'unknown' || (mail.state === 'queued' && mail.cause !== null)
  return (
    <section className="card" aria-labelledby="application-mail">
      <div className={styles.head}>
        <Title order={2} id="application-mail">
          {t('mail.title')}
        </Title>
        <span role="status" data-testid="mail-state" data-state={mail.state}>
          <StatusChip tone={mail.state === 'queued' && mail.cause !== null ? 'bad' : TONE[mail.state]}>
            {t(`mail.state.${mail.state}`)}
          </StatusChip>
        </span>
      </div>
      <div className={styles.mail}>
        <div>
          <Text size="sm">
            <Story mail={mail} />
          </Text>
          {mail.state === 'queued' && mail.cause !== null && (
            <>
              <Text size="sm" fw={600} mt={4}>
                {t(`mail.cause.${mail.cause}`)}
              </Text>
              <Text size="sm" c="dimmed">
                {mail.nextAttemptAt === null
                  ? t('mail.held')
                  : t('mail.next', { time: formatDateTime(mail.nextAttemptAt) })}
                {mail.smtpCode !== null && ` ${t('mail.code', { code: mail.smtpCode })}`}
              </Text>
            </>
          )}
        </div>
        {writable && waits && (
          <Button
            variant="default"
            loading={resend.isPending}
            onClick={() => resend.mutate({ mailId: mail.id, version: mail.version })}
          >
            {t('mail.resend')}
          </Button>
        )}
      </div>
    </section>
  )
}
