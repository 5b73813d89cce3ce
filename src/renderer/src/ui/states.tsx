import { Alert, Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { describeError } from '../lib/client'
import { formatCount } from '../lib/format'

/** What a page shows when its data did not come: what happened, the support code, and a way to try again. */
export function ErrorPanel({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { t } = useTranslation('common')
  const { message, supportCode } = describeError(error)
  return (
    <Alert color="red" title={t('error.title')} role="alert" c="var(--mantine-color-text)">
      <Text size="sm">{message}</Text>
      {supportCode !== null && (
        <Text size="sm">
          {t('error.support')} <code>{supportCode}</code>
        </Text>
      )}
      {onRetry && (
        <Group mt="xs">
          <Button variant="default" onClick={onRetry}>
            {t('error.retry')}
          </Button>
        </Group>
      )}
    </Alert>
  )
}

/** A function key as it is shown on its button. */
export function Key({ children }: { children: string }) {
  return (
    <span className="key" aria-hidden="true">
      {children}
    </span>
  )
}

/** Count of a list: exact to 1,000. */
export function Count({ count }: { count: { value: number; more: boolean } | undefined }) {
  const { t } = useTranslation('common')
  return (
    <Text fw={600} aria-live="polite" miw={100} ta="right" data-testid="count">
      {count && t(count.more ? 'countMore' : 'count', { shown: formatCount(count.value) })}
    </Text>
  )
}
