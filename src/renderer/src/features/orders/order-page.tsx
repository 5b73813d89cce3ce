import { Anchor, Badge, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { OrderDetail } from '../../../../contract/orders'
import { api } from '../../lib/client'
import { formatDateTime, formatPlainDate, formatYen } from '../../lib/format'
import { ErrorPanel } from '../../ui/states'
import { OrderLines } from './order-lines'

function Address({ title, block }: { title: string; block: OrderDetail['customer'] }) {
  return (
    <section className="card">
      <Title order={2} mb={6}>
        {title}
      </Title>
      <Text fw={600}>{block.name}</Text>
      <Text size="sm">{block.phone}</Text>
      <Text size="sm">
        〒{block.postalCode.slice(0, 3)}-{block.postalCode.slice(3)} {block.address}
      </Text>
    </section>
  )
}

function Payments({ order }: { order: OrderDetail }) {
  const { t } = useTranslation('orders')
  const { t: common } = useTranslation('common')
  return (
    <section className="card">
      <Title order={2} mb={6}>
        {t('detail.payment')}
      </Title>
      <Text size="sm">{common(`method.${order.paymentMethod}`)}</Text>
      {order.payments.length === 0 && <Text size="sm">{t('detail.noPayment')}</Text>}
      {order.payments.map((payment) => (
        <dl key={payment.number} className="facts" style={{ marginTop: 6 }}>
          <dt>{t('detail.paymentId')}</dt>
          <dd>
            {payment.number}{' '}
            <Badge variant="light" c="var(--mantine-color-text)">
              {common(`payment.${payment.state}`)}
            </Badge>
          </dd>
          <dt>{t('detail.card')}</dt>
          <dd>
            {payment.brand} {payment.masked}
          </dd>
          <dt>{t('detail.approval')}</dt>
          <dd>{payment.approvalCode}</dd>
          <dt>{t('columns.total')}</dt>
          <dd>{formatYen(payment.amount)}</dd>
        </dl>
      ))}
    </section>
  )
}

function ReadBackSection({ readBack }: { readBack: NonNullable<OrderDetail['readBack']> }) {
  const { t } = useTranslation('orders')
  return (
    <section className="card">
      <Title order={2} mb={6}>
        {t('detail.readBack')}
      </Title>
      <Text size="sm" c="var(--mantine-color-dimmed)">
        {t('detail.readBy', { name: readBack.by, time: formatDateTime(readBack.at) })}
      </Text>
      <ol style={{ margin: '6px 0 0', paddingLeft: 22 }}>
        {readBack.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ol>
    </section>
  )
}

/** One order with everything that hangs on it. */
export function OrderPage({ id }: { id: string }) {
  const { t } = useTranslation('orders')
  const { t: common } = useTranslation('common')
  const order = useQuery(api.orders.get.queryOptions({ input: { id } }))
  const { data } = order
  return (
    <Stack className="pageBody" gap="md">
      <Group gap="md">
        <Title order={1}>{data ? t('detail.title', { number: data.number }) : t('title')}</Title>
        {data && (
          <Badge variant="light" c="var(--mantine-color-text)">
            {common(`status.${data.status}`)}
          </Badge>
        )}
        <Text size="sm">{data && formatDateTime(data.orderedAt)}</Text>
        <div style={{ flex: 1 }} />
        <Anchor component={Link} href="/orders" size="sm">
          {t('detail.back')}
        </Anchor>
      </Group>
      {order.isError && <ErrorPanel error={order.error} onRetry={() => void order.refetch()} />}
      {data && (
        <>
          <SimpleGrid cols={3} spacing="md">
            <Address title={t('detail.customer')} block={data.customer} />
            <section className="card">
              <Title order={2} mb={6}>
                {t('detail.shipTo')}
              </Title>
              <Text fw={600}>{data.shipTo.name}</Text>
              <Text size="sm">
                〒{data.shipTo.postalCode.slice(0, 3)}-{data.shipTo.postalCode.slice(3)} {data.shipTo.address}
              </Text>
              <Text size="sm">
                {data.deliverOn === null ? t('soonest') : formatPlainDate(data.deliverOn)} {data.slotLabel}
              </Text>
            </section>
            <Payments order={data} />
          </SimpleGrid>
          <OrderLines order={data} />
          {data.readBack && <ReadBackSection readBack={data.readBack} />}
          <Anchor component={Link} href={`/customers/${data.customerId}`} size="sm">
            {t('detail.open')}
          </Anchor>
        </>
      )}
    </Stack>
  )
}
