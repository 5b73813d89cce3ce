import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPencil } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { CHANGEABLE, type OrderDetail } from '../../../../contract/orders'
import { api, client, describeError } from '../../lib/client'

/** 注文を変更: opens the order as a form; card, amount, lines, delivery. */
export function ChangeButton({ order }: { order: OrderDetail }) {
  const { t } = useTranslation('orders')
  const [, navigate] = useLocation()
  const session = useQuery(api.auth.session.queryOptions())
  const allowed = session.data?.permissions.includes('order.write') ?? false
  const open = useMutation({
    mutationFn: () => client.checkout.openChange({ orderId: order.id }),
    onSuccess: (view) => navigate(`/checkout/${view.checkoutId}`),
    onError: (error) => notifications.show({ message: describeError(error).message, color: 'red' }),
  })
  const changeable = CHANGEABLE.has(order.status)
  if (!allowed) return null
  return (
    <Button
      variant="default"
      leftSection={<IconPencil size={16} aria-hidden="true" />}
      disabled={!changeable}
      title={changeable ? undefined : t('detail.notChangeable')}
      loading={open.isPending}
      onClick={() => open.mutate()}
    >
      {t('detail.change')}
    </Button>
  )
}
