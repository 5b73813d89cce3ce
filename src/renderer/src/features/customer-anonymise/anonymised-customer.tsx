import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { OrdersTab } from '../customer-file/history-tabs'

/** What is left of a customer who was anonymised: the orders. */
export function AnonymisedCustomer({ customerId }: { customerId: string }) {
  const { t } = useTranslation('customerAnonymise')
  return (
    <>
      <Text size="sm" role="status">
        {t('gone')}
      </Text>
      <OrdersTab customerId={customerId} />
    </>
  )
}
