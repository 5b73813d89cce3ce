import { Anchor, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { CustomerMailDetail } from '../../../../contract/customer-mails'
import { formatPhone } from '../../../../contract/text'
import { api, client } from '../../lib/client'
import { formatDateTime } from '../../lib/format'
import { tellError } from '../../lib/tell-error'
import { Dialog } from '../../ui/dialog'
import { ErrorPanel } from '../../ui/states'
import { useCauseWords } from './mail-cause'
import { MailChip } from './mail-chip'
import styles from './customer-mails.module.css'

/** How the mail stands, why, and what comes next. */
function Story({ mail }: { mail: CustomerMailDetail }) {
  const { t } = useTranslation('customerMails')
  const causeOf = useCauseWords()
  const words = [
    mail.state !== 'unknown' && mail.cause !== null ? causeOf(mail.cause) : null,
    mail.smtpCode === null ? null : t('code', { code: mail.smtpCode }),
    mail.state === 'waiting' && mail.nextTryAt !== null
      ? t('next', { time: formatDateTime(mail.nextTryAt) })
      : null,
    mail.state === 'unknown' ? t('unknownWords') : null,
    mail.state === 'phone' ? t('phoneWords') : null,
    mail.sentAt === null ? null : formatDateTime(mail.sentAt),
  ].filter((word) => word !== null)
  return (
    <Group gap={10} align="center" wrap="nowrap">
      <span data-testid="mail-state" data-state={mail.state}>
        <MailChip state={mail.state} />
      </span>
      <Text size="sm">{words.join(' ')}</Text>
    </Group>
  )
}

function Facts({ mail }: { mail: CustomerMailDetail }) {
  const { t } = useTranslation('customerMails')
  const { customer, subscription, order, text } = mail
  const link = (href: string, words: string) => (
    <Anchor component={Link} href={href} size="sm" underline="always">
      {words}
    </Anchor>
  )
  return (
    <dl className={styles.facts}>
      <dt>{t('kind')}</dt>
      <dd>
        {t(`kinds.${mail.kind}`)}
        {mail.tries > 0 && ` (${t('detail.tries', { count: mail.tries })})`}
      </dd>
      <dt>{t('columns.customer')}</dt>
      <dd>
        {link(`/customers/${customer.id}?tab=contacts`, customer.name)} {formatPhone(customer.phone)}
      </dd>
      <dt>{t('columns.contract')}</dt>
      <dd>
        {link(
          `/subscriptions/${subscription.id}`,
          t('detail.contract', { number: subscription.number, turn: mail.turn }),
        )}
        {order !== null && <> {link(`/orders/${order.id}`, t('detail.order', { number: order.number }))}</>}
      </dd>
      <dt>{t('detail.from')}</dt>
      <dd>{text.from === '' ? t('detail.fromNone') : text.from}</dd>
      <dt>{t('detail.to')}</dt>
      <dd>{mail.to ?? t('noAddress')}</dd>
      <dt>{t('detail.subject')}</dt>
      <dd className={styles.subject}>{text.subject}</dd>
    </dl>
  )
}

/** What can be done with the mail as it stands; refusals say why, and the newest state shows. */
function useMailActions(mail: CustomerMailDetail) {
  const { t } = useTranslation('customerMails')
  const queries = useQueryClient()
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: api.customerMails.key() }),
      queries.invalidateQueries({ queryKey: api.home.key() }),
    ])
  const seen = { id: mail.id, version: mail.version }
  const options = (said: string) => ({
    onSuccess: async () => {
      notifications.show({ message: said })
      await refresh()
    },
    onError: async (error: unknown) => {
      tellError(error)
      await refresh()
    },
  })
  return {
    resend: useMutation({
      mutationFn: () => client.customerMails.resend(seen),
      ...options(t('detail.resent')),
    }),
    cancel: useMutation({
      mutationFn: () => client.customerMails.cancel(seen),
      ...options(t('detail.cancelled')),
    }),
    called: useMutation({
      mutationFn: () => client.customerMails.markCalled(seen),
      ...options(t('detail.calledDone')),
    }),
  }
}

function Detail({ mail }: { mail: CustomerMailDetail }) {
  const { t } = useTranslation('customerMails')
  const session = useQuery(api.auth.session.queryOptions())
  const writable = session.data?.permissions.includes('subscription.write') ?? false
  const { resend, cancel, called } = useMailActions(mail)
  const { can } = mail
  return (
    <Stack gap="sm">
      <Story mail={mail} />
      <Facts mail={mail} />
      {mail.subject === null && (
        <Text size="sm" c="dimmed">
          {t('detail.draft')}
        </Text>
      )}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls with the keys */}
      <section className={styles.body} aria-label={t('detail.body')} tabIndex={0}>
        {mail.text.body}
      </section>
      {mail.state === 'unknown' && writable && (
        <Text size="sm" fw={600}>
          {t('detail.resendUnknown')}
        </Text>
      )}
      {writable && (
        <Group justify="flex-end" gap="sm">
          {can.cancel && (
            <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
              {t('detail.cancel')}
            </Button>
          )}
          {can.resend && (
            <Button
              variant={can.markCalled ? 'default' : 'filled'}
              loading={resend.isPending}
              onClick={() => resend.mutate()}
            >
              {t(mail.state === 'waiting' ? 'detail.sendNow' : 'detail.resend')}
            </Button>
          )}
          {can.markCalled && (
            <Button loading={called.isPending} onClick={() => called.mutate()}>
              {t('detail.called')}
            </Button>
          )}
        </Group>
      )}
    </Stack>
  )
}

/** One mail: how it stands, its text, 再送 and 取消. */
export function MailDialog({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { t } = useTranslation('customerMails')
  const mail = useQuery(api.customerMails.get.queryOptions({ input: { id: id ?? '' }, enabled: id !== null }))
  return (
    <Dialog opened={id !== null} onClose={onClose} title={t('detail.title')} size={760} isLight>
      {mail.isError && <ErrorPanel error={mail.error} onRetry={() => void mail.refetch()} />}
      {mail.isPending && <Skeleton height={320} aria-hidden="true" />}
      {mail.data && <Detail mail={mail.data} />}
    </Dialog>
  )
}
