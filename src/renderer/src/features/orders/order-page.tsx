import { Anchor, Badge, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { OrderDetail } from '../../../../contract/orders'
import { formatPhone, formatPostalCode } from '../../../../contract/text'
import { api } from '../../lib/client'
import { formatDateTime, formatPlainDate } from '../../lib/format'
import { OrderHolds } from '../blacklist/order-holds'
import { BackLink } from '../../ui/back-link'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel } from '../../ui/states'
import { OrderChip } from '../../ui/state-chips'
import { ChangeButton } from './change-button'
import { OrderLines } from './order-lines'
import { OrderPayments } from './order-payments'
import styles from './orders.module.css'

function AddressLines({ block }: { block: OrderDetail['customer'] }) {
  return (
    <>
      <Text fw={600}>{block.name}</Text>
      <Text size="sm">{formatPhone(block.phone)}</Text>
      <Text size="sm">
        〒{formatPostalCode(block.postalCode)} {block.address}
      </Text>
    </>
  )
}

function GiftLines({ gift }: { gift: OrderDetail['shipments'][number]['gift'] }) {
  const { t } = useTranslation('orders')
  const { t: words } = useTranslation('checkout')
  const lines = [
    gift.noshi &&
      words('gift.noshiLine', {
        place: words(`gift.places.${gift.noshi.place}`),
        cord: words(`gift.cords.${gift.noshi.cord}`),
        title: gift.noshi.title,
        names: gift.noshi.names.join('・'),
      }),
    gift.wrapping && words('gift.wrapping'),
    gift.bag && words('gift.bag'),
    gift.message !== '' && t('detail.message', { message: gift.message }),
  ].filter((line) => typeof line === 'string')
  return lines.map((line) => (
    <Text key={line} size="sm">
      {line}
    </Text>
  ))
}

function People({ order }: { order: OrderDetail }) {
  const { t } = useTranslation('orders')
  return (
    <div className={styles.people}>
      <section className="card" aria-labelledby="customer">
        <Title order={2} mb={6} id="customer">
          {t('detail.customer')}
        </Title>
        <AddressLines block={order.customer} />
        <Anchor
          component={Link}
          href={`/customers/${order.customerId}`}
          size="sm"
          mt={4}
          lh="24px"
          display="inline-block"
        >
          {t('detail.open')}
        </Anchor>
      </section>
      {order.shipments.map((shipment) => (
        <section key={shipment.position} className="card" aria-labelledby={`ship-to-${shipment.position}`}>
          <Title order={2} mb={6} id={`ship-to-${shipment.position}`}>
            {order.shipments.length > 1
              ? t('detail.shipToNth', { number: shipment.position })
              : t('detail.shipTo')}
          </Title>
          <AddressLines block={shipment} />
          <Text size="sm" mt={6} fw={600}>
            {shipment.deliverOn === null ? t('soonest') : formatPlainDate(shipment.deliverOn)}{' '}
            {shipment.slotLabel}
          </Text>
          <GiftLines gift={shipment.gift} />
        </section>
      ))}
    </div>
  )
}

function ReadBackSection({ readBack }: { readBack: OrderDetail['readBack'] }) {
  const { t } = useTranslation('orders')
  return (
    <section className="card" aria-labelledby="read-back">
      <Title order={2} mb={6} id="read-back">
        {t('detail.readBack')}
      </Title>
      {readBack === null ? (
        <Text size="sm">{t('detail.notRead')}</Text>
      ) : (
        <>
          <Text size="sm" c="dimmed">
            {t('detail.readBy', { name: readBack.by, time: formatDateTime(readBack.at) })}
          </Text>
          <ol className={styles.sentences}>
            {readBack.sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ol>
        </>
      )}
    </section>
  )
}

function Waiting() {
  return (
    <div className={styles.columns} aria-hidden="true">
      <div className={styles.column}>
        <Skeleton height={230} />
        <Skeleton height={150} />
      </div>
      <div className={styles.column}>
        <Skeleton height={240} />
        <Skeleton height={140} />
      </div>
    </div>
  )
}

function Parts({ order }: { order: OrderDetail }) {
  const { t } = useTranslation('orders')
  return (
    <div className={styles.columns}>
      <div className={styles.column}>
        <OrderLines order={order} />
        <People order={order} />
        <ReadBackSection readBack={order.readBack} />
      </div>
      <div className={styles.column}>
        <OrderPayments order={order} />
        {order.note !== '' && (
          <section className="card" aria-labelledby="note">
            <Title order={2} mb={6} id="note">
              {t('detail.note')}
            </Title>
            <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
              {order.note}
            </Text>
          </section>
        )}
      </div>
    </div>
  )
}

/** One order with everything that hangs on it. */
export function OrderPage({ id }: { id: string }) {
  const { t } = useTranslation('orders')
  const { t: channel } = useTranslation('checkout')
  const order = useQuery(api.orders.get.queryOptions({ input: { id } }))
  const { data } = order
  return (
    <Stack className="pageBody" gap={14}>
      <div className={pageHead.head}>
        <BackLink list="/orders">{t('detail.back')}</BackLink>
        <Title order={1}>{data ? t('detail.title', { number: data.number }) : t('detail.opening')}</Title>
        {data && (
          <>
            <OrderChip status={data.status} />
            <Text size="sm" c="dimmed">
              {channel(`channel.kinds.${data.channel}`)}{' '}
              {[data.offerCode, data.medium].filter(Boolean).join(' ')}{' '}
              {t('detail.ordered', { time: formatDateTime(data.orderedAt), name: data.operatorName })}
            </Text>
          </>
        )}
        {data?.subscription != null && (
          <Anchor
            component={Link}
            href={`/subscriptions/${data.subscription.id}`}
            size="sm"
            underline="always"
          >
            {t('detail.subscription', data.subscription)}
          </Anchor>
        )}
        {data?.legalMode === 'telemarketing' && (
          <Badge color="#a63c00" tt="none" title={t('detail.documents')}>
            {channel('legal.mode.telemarketing')}
          </Badge>
        )}
        {data && <ChangeButton order={data} />}
        <div className={pageHead.rest} />
      </div>
      {order.isError && <ErrorPanel error={order.error} onRetry={() => void order.refetch()} />}
      {order.isPending && <Waiting />}
      {data && <OrderHolds order={data} />}
      {data && <Parts order={data} />}
    </Stack>
  )
}
