import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatYen } from '../lib/format'
import { useDraft, useDraftState } from './draft/draft-context'
import { Dialog } from './parts/dialog'

/** 破棄: says what becomes of the authorization before it is done. */
export function DiscardQuestion({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const { payment } = useDraftState().view
  const words = () => {
    if (payment?.state === 'authorized') {
      return t('discard.authorized', { number: payment.number, amount: formatYen(payment.amount) })
    }
    return payment?.state === 'unknown'
      ? t('discard.unknown', { number: payment.number })
      : t('discard.plain')
  }
  return (
    <Dialog opened={opened} onClose={onClose} title={t('discard.title')}>
      <Text size="sm">{words()}</Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('discard.cancel')}
        </Button>
        <Button
          color="red.9"
          onClick={() => {
            onClose()
            void draft.discard()
          }}
        >
          {t('discard.confirm')}
        </Button>
      </Group>
    </Dialog>
  )
}
