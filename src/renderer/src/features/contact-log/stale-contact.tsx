import { Alert, Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ContactView } from '../../../../contract/contact-log'

/** Somebody else has changed the contact: theirs beside what is being typed, and the choice. */
export function StaleContact({ theirs, onTake }: { theirs: ContactView; onTake: () => void }) {
  const { t } = useTranslation('contactLog')
  const words = [t(`statuses.${theirs.status}`), theirs.topic, theirs.result].filter(Boolean).join(' / ')
  return (
    <Alert color="yellow" role="alert" title={t('stale.title')} c="var(--mantine-color-text)">
      <Text size="sm">{t('stale.lead')}</Text>
      <Text size="sm" fw={600} mt={4}>
        {words}
      </Text>
      <Text size="sm" style={{ whiteSpace: 'pre-line' }}>
        {theirs.body}
      </Text>
      <Button mt={6} size="compact-sm" variant="default" onClick={onTake}>
        {t('stale.take')}
      </Button>
    </Alert>
  )
}
