import { Button } from '@mantine/core'
import { IconPhoneOutgoing } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { formatPhone } from '../../../../contract/text'
import { api } from '../../lib/client'
import { formatTime } from '../../lib/format'
import styles from './callbacks.module.css'
import { useCallbackChange } from './use-callback-change'

/** Time passes without an event, and other seats change things: it is asked for again. */
const ASK_AGAIN_MS = 10_000
const SNOOZE_MINUTES = 10

/**
 * The callback that is due, wherever the operator is in the desk. It stands at the foot of the rail, where it covers
 * and moves nothing; it never takes the focus, and behind a dialog it waits as a word read aloud.
 */
export function CallbackReminder({ locked }: { locked: boolean }) {
  const { t } = useTranslation('callbacks')
  const [, go] = useLocation()
  const { end, snooze, isBusy } = useCallbackChange()
  const due =
    useQuery({
      ...api.callbacks.reminders.queryOptions(),
      enabled: !locked,
      refetchInterval: ASK_AGAIN_MS,
    }).data?.due ?? []
  const [first] = due
  if (!first || locked)
    return <div role="status" aria-label={t('reminder.label')} className="visuallyHidden" />
  return (
    <section className={styles.reminder} data-testid="callback-reminder" aria-label={t('reminder.label')}>
      <div role="status">
        <IconPhoneOutgoing size={16} aria-hidden="true" />
        <b>{t('reminder.head')}</b>
        <b>{formatTime(first.dueAt)}</b>
        <span className={styles.reminderName}>{t('name', { name: first.customerName })}</span>
        <span className={styles.reminderPhone}>{formatPhone(first.phone)}</span>
      </div>
      <Button
        size="compact-sm"
        fullWidth
        px={2}
        aria-label={t('reminder.open')}
        title={first.reason}
        onClick={() => go(`/customers/${first.customerId}?tab=contacts`)}
      >
        {t('reminder.openShort')}
      </Button>
      <Button
        size="compact-sm"
        fullWidth
        variant="default"
        px={2}
        aria-label={t('reminder.snooze', { minutes: SNOOZE_MINUTES })}
        disabled={isBusy}
        onClick={() => snooze(first, SNOOZE_MINUTES)}
      >
        {t('reminder.snoozeShort', { minutes: SNOOZE_MINUTES })}
      </Button>
      <Button
        size="compact-sm"
        fullWidth
        variant="default"
        disabled={isBusy}
        onClick={() => end(first, 'done')}
      >
        {t('done')}
      </Button>
      {due.length > 1 && (
        <Button size="compact-sm" fullWidth variant="subtle" onClick={() => go('/contacts/callbacks')}>
          {t('reminder.more', { count: due.length - 1 })}
        </Button>
      )}
    </section>
  )
}
