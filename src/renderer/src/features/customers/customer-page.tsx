import { Button, Skeleton, Stack, Text, Title } from '@mantine/core'
import { IconPhonePlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Redirect, useLocation } from 'wouter'
import type { CustomerDetail } from '../../../../contract/customers'
import { api } from '../../lib/client'
import { formatDate } from '../../lib/format'
import { BackLink } from '../../ui/back-link'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel } from '../../ui/states'
import { CustomerStandingCard } from '../blacklist/customer-standing'
import { CustomerCalls } from '../calls/customer-calls'
import { ServedElsewhere } from '../serving/served-elsewhere'
import { AnonymiseButton } from '../customer-anonymise/anonymise-button'
import { AnonymisedCustomer } from '../customer-anonymise/anonymised-customer'
import { CustomerDuplicates } from '../customer-merge/customer-duplicates'
import { LedHere } from '../customer-merge/led-here'
import { CustomerCallbacks } from '../callbacks/customer-callbacks'
import { CustomerContacts } from '../contact-log/customer-contacts'
import { CustomerFileCards } from '../customer-file/file-form'
import { OrdersTab, PaymentsTab } from '../customer-file/history-tabs'
import { CustomerSubscriptions } from '../subscriptions/customer-subscriptions'
import { IdentityBanner } from '../identity-check/identity-banner'
import { PinNoteButton, PinnedNotes } from '../pinned-notes/pinned-notes'
import { CustomerForm } from './customer-form'
import { CustomerCards } from './customer-cards'
import { CustomerOrders } from './customer-side'
import { CustomerTabs, useCustomerTab } from './customer-tabs'
import styles from './customers.module.css'

const nameOf = ({ fields }: CustomerDetail): string => `${fields.familyName} ${fields.givenName}`.trim()

/** 顧客詳細: contact data, cards on file and the history of orders. */
export function CustomerPage({ id }: { id: string }) {
  const { t } = useTranslation('customers')
  const [, go] = useLocation()
  const customer = useQuery(api.customers.get.queryOptions({ input: { id } }))
  const session = useQuery(api.auth.session.queryOptions())
  const writable = session.data?.permissions.includes('customer.write') ?? false
  // What was read before a merge was taken back may still say so: it is asked again first.
  const isLed = customer.data !== undefined && customer.data.id !== id
  const data = isLed && customer.isFetching ? undefined : customer.data
  // Merged into another: the address of that one is the one to go back to.
  if (data && isLed) return <Redirect to={`/customers/${data.id}?from=${id}`} replace />
  return (
    <Stack className="pageBody" gap={14}>
      <div className={pageHead.head}>
        <BackLink list="/customers">{t('detail.back')}</BackLink>
        <Title order={1}>{data ? t('detail.title', { name: nameOf(data) }) : t('detail.opening')}</Title>
        {data && (
          <>
            <Text size="sm" c="dimmed">
              {t('detail.number', { number: data.number, since: formatDate(data.createdAt) })}
            </Text>
            {!data.isAnonymised && (
              <>
                <Button
                  leftSection={<IconPhonePlus size={16} aria-hidden="true" />}
                  onClick={() => go(`/checkout/new?customer=${id}`)}
                >
                  {t('detail.order')}
                </Button>
                <PinNoteButton customerId={id} />
                <AnonymiseButton customerId={id} />
              </>
            )}
          </>
        )}
        <div className={pageHead.rest} />
      </div>
      <LedHere />
      <ServedElsewhere customerId={data ? id : null} place="detail" />
      {customer.isError && <ErrorPanel error={customer.error} onRetry={() => void customer.refetch()} />}
      {!data && !customer.isError && (
        <div className={styles.columns} aria-hidden="true">
          <Skeleton height={520} />
          <div className={styles.column}>
            <Skeleton height={90} />
            <Skeleton height={200} />
          </div>
        </div>
      )}
      {data?.isAnonymised === false && <Part customer={data} writable={writable} />}
      {data?.isAnonymised === true && <AnonymisedCustomer customerId={id} />}
    </Stack>
  )
}

function Part({ customer, writable }: { customer: CustomerDetail; writable: boolean }) {
  const { id, cards, orders, fields } = customer
  const tab = useCustomerTab()
  return (
    <>
      <PinnedNotes customerId={id} />
      <IdentityBanner customerId={id} />
      <CustomerTabs id={id} tab={tab} />
      {tab === 'overview' && (
        <div className={styles.columns}>
          <div className={styles.column}>
            <CustomerForm customer={customer} writable={writable} />
            <CustomerFileCards customerId={id} writable={writable} />
          </div>
          <div className={styles.column}>
            <CustomerCards customerId={id} cards={cards} writable={writable} />
            <CustomerStandingCard customerId={id} />
            <CustomerOrders orders={orders} />
            <CustomerCalls customerId={id} />
            <CustomerDuplicates customerId={id} />
          </div>
        </div>
      )}
      {tab === 'contacts' && (
        <>
          <CustomerCallbacks customerId={id} phone={fields.phone} />
          <CustomerContacts customerId={id} />
        </>
      )}
      {tab === 'orders' && <OrdersTab customerId={id} />}
      {tab === 'payments' && <PaymentsTab customerId={id} />}
      {tab === 'subscriptions' && <CustomerSubscriptions customerId={id} />}
    </>
  )
}
