import { Anchor, Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import type { CustomerDetail } from '../../../../contract/customers'
import { api } from '../../lib/client'
import { formatDateTime, formatYen } from '../../lib/format'
import { ErrorPanel } from '../../ui/states'
import { CustomerForm } from './customer-form'

function Cards({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslation('customers')
  return (
    <section className="card">
      <Title order={2} mb={6}>
        {t('detail.cards')}
      </Title>
      {customer.cards.length === 0 && <Text size="sm">{t('detail.noCards')}</Text>}
      {customer.cards.map((card) => (
        <div key={card.cardId}>
          <Text size="sm">
            {t('detail.card', {
              brand: card.brand,
              last3: card.last3,
              expiry: `${card.expiryYYMM.slice(2)}/${card.expiryYYMM.slice(0, 2)}`,
            })}
          </Text>
          {!card.usable && (
            <Text size="sm" c="var(--mantine-color-error)">
              {t('detail.unusable')}
            </Text>
          )}
        </div>
      ))}
    </section>
  )
}

function History({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslation('customers')
  const { t: common } = useTranslation('common')
  const statusOf = (status: string) => common(`status.${status as 'new'}`)
  return (
    <section className="card">
      <Title order={2} mb={6}>
        {t('detail.orders')}
      </Title>
      {customer.orders.length === 0 && <Text size="sm">{t('detail.noOrders')}</Text>}
      <Stack gap={4}>
        {customer.orders.map((order) => (
          <Group key={order.id} gap="sm" wrap="nowrap">
            <Anchor component={Link} href={`/orders/${order.id}`} size="sm" w={70}>
              {order.number}
            </Anchor>
            <Text size="sm" w={130}>
              {formatDateTime(order.orderedAt)}
            </Text>
            <Text size="sm" style={{ flex: 1 }} truncate>
              {order.items}
            </Text>
            <Text size="sm" w={80}>
              {statusOf(order.status)}
            </Text>
            <Text size="sm" w={80} ta="right">
              {formatYen(order.total)}
            </Text>
          </Group>
        ))}
      </Stack>
    </section>
  )
}

/** 顧客詳細: contact data, cards on file and the history of orders. */
export function CustomerPage({ id }: { id: string }) {
  const { t } = useTranslation('customers')
  const [, go] = useLocation()
  const customer = useQuery(api.customers.get.queryOptions({ input: { id } }))
  const { data } = customer
  return (
    <Stack className="pageBody" gap="md">
      <Group gap="md">
        <Title order={1}>
          {data
            ? t('detail.title', { name: `${data.fields.familyName} ${data.fields.givenName}` })
            : t('title')}
        </Title>
        <Text size="sm">{data && t('detail.number', { number: data.number })}</Text>
        <Button size="compact-md" onClick={() => go(`/checkout/new?customer=${id}`)}>
          {t('detail.order')}
        </Button>
        <div style={{ flex: 1 }} />
        <Anchor component={Link} href="/customers" size="sm">
          {t('detail.back')}
        </Anchor>
      </Group>
      {customer.isError && <ErrorPanel error={customer.error} onRetry={() => void customer.refetch()} />}
      {data && (
        <SimpleGrid cols={2} spacing="md">
          <CustomerForm key={data.version} customer={data} />
          <Stack gap="md">
            <Cards customer={data} />
            <History customer={data} />
          </Stack>
        </SimpleGrid>
      )}
    </Stack>
  )
}
