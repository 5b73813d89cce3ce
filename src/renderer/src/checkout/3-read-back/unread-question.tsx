import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Key } from '../../ui/states'
import { useHotkey } from '../../lib/keyboard'
import { Dialog } from '../parts/dialog'

interface UnreadQuestionProps {
  readonly opened: boolean
  readonly unread: number
  readonly onYes: () => void
  readonly onNo: () => void
}

/** 確定 before all sentences are ticked: asks once; F12 or Enter answers yes. */
export function UnreadQuestion({ opened, unread, onYes, onNo }: UnreadQuestionProps) {
  const { t } = useTranslation('checkout')
  return (
    <Dialog opened={opened} onClose={onNo} title={t('readBack.unreadTitle')}>
      {opened && <ConfirmKey onYes={onYes} />}
      <Text size="sm">{t('readBack.unreadBody', { count: unread })}</Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onNo} rightSection={<Key>Esc</Key>}>
          {t('readBack.unreadNo')}
        </Button>
        <Button data-autofocus onClick={onYes} rightSection={<Key>F12</Key>}>
          {t('readBack.unreadYes')}
        </Button>
      </Group>
    </Dialog>
  )
}

function ConfirmKey({ onYes }: { onYes: () => void }) {
  useHotkey('F12', onYes)
  return null
}
