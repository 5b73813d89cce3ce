import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CustomerDetail } from '../../../../contract/customers'
import { api, client, describeError } from '../../lib/client'
import { Dialog } from '../../ui/dialog'

interface RemoveCardQuestionProps {
  /** Null while nothing is asked. */
  readonly card: CustomerDetail['cards'][number] | null
  readonly onClose: () => void
}

/** Asks before a card comes off the file. */
export function RemoveCardQuestion({ card, onClose }: RemoveCardQuestionProps) {
  const { t } = useTranslation('customers')
  const { t: common } = useTranslation('common')
  const queries = useQueryClient()
  const remove = useMutation({
    mutationFn: (cardId: string) => client.cards.remove({ cardId }),
    onSuccess: async () => {
      onClose()
      await queries.invalidateQueries({ queryKey: api.customers.key() })
    },
  })
  const close = () => {
    remove.reset()
    onClose()
  }
  return (
    <Dialog opened={card !== null} onClose={close} title={t('cards.removeTitle')} size={460}>
      {card && (
        <Stack gap="sm">
          <Text size="sm" fw={600}>
            {t('detail.card', { brand: card.brand, last3: card.last3 })}
          </Text>
          <Text size="sm">{t('cards.removeBody')}</Text>
          {remove.isError && (
            <Alert color="red" role="alert" c="var(--mantine-color-text)">
              {describeError(remove.error).message}
            </Alert>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={close} data-autofocus>
              {common('cancel')}
            </Button>
            <Button color="red.9" loading={remove.isPending} onClick={() => remove.mutate(card.cardId)}>
              {t('cards.removeYes')}
            </Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  )
}
