import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { UnfinishedCheckout } from '../../../../contract/checkout'
import { api, client, describeError } from '../../lib/client'
import { formatYen } from '../../lib/format'
import { Dialog } from '../../ui/dialog'

/** What becomes of the money: an authorization is given back, an unknown result is asked for first. */
function fateOf({ payment }: UnfinishedCheckout): 'none' | 'voided' | 'unknown' {
  if (payment?.state === 'authorized') return 'voided'
  return payment?.state === 'unknown' ? 'unknown' : 'none'
}

interface DiscardQuestionProps {
  /** The checkout in question; null while nothing is asked. */
  readonly row: UnfinishedCheckout | null
  readonly onClose: () => void
}

/** 破棄: asks first, and says what happens to the authorization. */
export function DiscardQuestion({ row, onClose }: DiscardQuestionProps) {
  const { t } = useTranslation('home')
  const { t: common } = useTranslation('common')
  const queries = useQueryClient()
  const discard = useMutation({
    mutationFn: async (checkoutId: string) => {
      const { version } = await client.checkout.get({ checkoutId })
      return client.checkout.discard({ checkoutId, version })
    },
    onSuccess: async (view) => {
      const isGone = view.stage === 'discarded'
      notifications.show({
        message: t(isGone ? 'discard.done' : 'discard.waiting'),
        color: isGone ? 'accent' : 'yellow',
      })
      onClose()
      await queries.invalidateQueries({ queryKey: api.home.key() })
    },
    onError: () => queries.invalidateQueries({ queryKey: api.home.key() }),
  })
  const close = () => {
    discard.reset()
    onClose()
  }
  return (
    <Dialog opened={row !== null} onClose={close} title={t('discard.title')} size={480}>
      {row && (
        <Stack gap="sm">
          <Text size="sm">
            {t('discard.which', { name: row.customerName ?? t('noName'), amount: formatYen(row.amount) })}
          </Text>
          <Text size="sm">{t(`discard.${fateOf(row)}`, { id: row.payment?.number ?? '' })}</Text>
          {discard.isError && (
            <Alert color="red" role="alert" c="var(--mantine-color-text)">
              {describeError(discard.error).message}
            </Alert>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={close} data-autofocus>
              {common('cancel')}
            </Button>
            <Button color="red.9" loading={discard.isPending} onClick={() => discard.mutate(row.checkoutId)}>
              {t('discard.yes')}
            </Button>
          </Group>
        </Stack>
      )}
    </Dialog>
  )
}
