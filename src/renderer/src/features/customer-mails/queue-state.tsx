import { Alert, Anchor, Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { MailQueueState } from '../../../../contract/customer-mails'
import { api } from '../../lib/client'
import { formatCount, formatDateTime } from '../../lib/format'
import { useCauseWords } from './mail-cause'

/** The sending goes on in main, without anybody's key. */
export const MAILS_REFRESH_MS = 10_000

function useTrouble(queue: MailQueueState): { words: string; to: 'openOptions' | 'openTexts' } | null {
  const { t } = useTranslation('customerMails')
  const causeOf = useCauseWords()
  if (queue.kindsOn === 0) return { words: t('queue.noKinds'), to: 'openTexts' }
  if (queue.stopped === 'not-set-up') return { words: t('queue.notSetUp'), to: 'openOptions' }
  if (queue.stopped === 'password-unreadable') {
    return { words: t('queue.passwordUnreadable'), to: 'openOptions' }
  }
  if (queue.trouble === null) return null
  const again = queue.nextTryAt === null ? '' : t('queue.again', { time: formatDateTime(queue.nextTryAt) })
  return { words: `${t('queue.trouble', { cause: causeOf(queue.trouble) })} ${again}`, to: 'openOptions' }
}

function Shown({ queue, onPhone }: { queue: MailQueueState; onPhone: () => void }) {
  const { t } = useTranslation('customerMails')
  const trouble = useTrouble(queue)
  return (
    <Group gap={14} align="center" role="status" data-testid="mail-queue">
      {trouble !== null && (
        <Alert color="yellow" py={6} c="var(--mantine-color-text)">
          <Text size="sm">
            {trouble.words}{' '}
            <Anchor
              component={Link}
              href={trouble.to === 'openOptions' ? '/settings/options' : '/settings/mails'}
              size="sm"
              underline="always"
            >
              {t(`queue.${trouble.to}`)}
            </Anchor>
          </Text>
        </Alert>
      )}
      <Text size="sm">{t('queue.waiting', { count: formatCount(queue.waiting) })}</Text>
      <Text size="sm" fw={queue.phone > 0 ? 600 : 400}>
        {t('queue.phone', { count: formatCount(queue.phone) })}
      </Text>
      {queue.phone > 0 && (
        <Button size="compact-sm" variant="default" onClick={onPhone}>
          {t('queue.showPhone')}
        </Button>
      )}
      {trouble?.to !== 'openTexts' && (
        <Button component={Link} href="/settings/mails" size="compact-sm" variant="default">
          {t('queue.openTexts')}
        </Button>
      )}
    </Group>
  )
}

/** Whether mails go out from here, what waits, and who is to be called. */
export function QueueState({ onPhone }: { onPhone: () => void }) {
  const queue = useQuery(api.customerMails.queue.queryOptions({ refetchInterval: MAILS_REFRESH_MS }))
  return queue.data ? <Shown queue={queue.data} onPhone={onPhone} /> : null
}
