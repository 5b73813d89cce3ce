import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OrderTab } from '../../../../contract/order-tabs'
import { Dialog } from '../parts/dialog'

interface CloseQuestionProps {
  /** The tab in question; null while nothing is asked. */
  readonly tab: OrderTab | null
  readonly onAnswer: (yes: boolean) => void
}

/** Closing keeps the draft: says so, and where it is found again. */
export function CloseQuestion({ tab, onAnswer }: CloseQuestionProps) {
  const { t } = useTranslation('checkout')
  return (
    <Dialog opened={tab !== null} onClose={() => onAnswer(false)} title={t('tabs.closeTitle')}>
      <Text size="sm">{t('tabs.closeBody')}</Text>
      {tab?.stage === 'read-back' && (
        <Text size="sm" mt="xs">
          {t('tabs.closeReadBack')}
        </Text>
      )}
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={() => onAnswer(false)}>
          {t('tabs.closeNo')}
        </Button>
        <Button data-autofocus onClick={() => onAnswer(true)}>
          {t('tabs.closeYes')}
        </Button>
      </Group>
    </Dialog>
  )
}
