import { Button } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client'

/** The shop that 注文一覧 is narrowed to; taken off with a click or Enter. */
export function ShopChip({ shopId, onOff }: { shopId: string; onOff: () => void }) {
  const { t } = useTranslation('orders')
  const choices = useQuery(api.keypadMonitor.choices.queryOptions())
  const name = choices.data?.shops.find(({ id }) => id === shopId)?.name ?? t('otherShop')
  return (
    <Button
      variant="light"
      rightSection={<IconX size={15} aria-hidden="true" />}
      aria-label={t('shopOff', { name })}
      title={t('shopOff', { name })}
      onClick={onOff}
    >
      {t('shop', { name })}
    </Button>
  )
}
