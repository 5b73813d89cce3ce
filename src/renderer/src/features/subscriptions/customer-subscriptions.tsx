import { Anchor, Group, Text, Title } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { SubscriptionFilter } from '../../../../contract/subscription-views'
import { api } from '../../lib/client'
import { formatDayOfYear } from '../../lib/format'
import { ListFoot } from '../../ui/list-foot'
import { ErrorPanel } from '../../ui/states'
import { usePaged } from '../../ui/use-paged'
import { RegisterButton } from '../subscription-registration/register-button'
import file from '../customer-file/customer-file.module.css'
import { useRuleWords } from './plan-words'
import { SubscriptionChip } from './subscription-chip'

const PAGE = 20

/** 顧客詳細 > 定期: all contracts of a customer, the newest first. */
export function CustomerSubscriptions({ customerId }: { customerId: string }) {
  const { t } = useTranslation('subscriptionDesk')
  const ruleOf = useRuleWords()
  const list = useInfiniteQuery(
    api.subscriptions.list.infiniteOptions({
      input: (cursor: string | null) => ({
        cursor,
        limit: PAGE,
        sort: 'newest' as const,
        filter: SubscriptionFilter.parse({ customerId }),
      }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const { rows, foot } = usePaged(list)
  return (
    <section className="card" aria-labelledby="subscriptions">
      <Group justify="space-between">
        <Title order={2} id="subscriptions">
          {t('customer.title')}
        </Title>
        <RegisterButton customerId={customerId} />
      </Group>
      {list.isError && !list.isFetchNextPageError && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      {rows?.length === 0 && <Text size="sm">{t('customer.none')}</Text>}
      {rows && rows.length > 0 && (
        <table className={file.table} aria-labelledby="subscriptions">
          <thead>
            <tr>
              <th scope="col">{t('list.columns.number')}</th>
              <th scope="col">{t('list.columns.status')}</th>
              <th scope="col">{t('list.columns.items')}</th>
              <th scope="col">{t('list.columns.rule')}</th>
              <th scope="col">{t('list.columns.next')}</th>
              <th scope="col">{t('list.columns.turn')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>
                  <Anchor
                    component={Link}
                    href={`/subscriptions/${row.id}`}
                    size="sm"
                    lh="24px"
                    display="inline-block"
                  >
                    {row.number}
                  </Anchor>
                </td>
                <td>
                  <SubscriptionChip status={row.status} />
                </td>
                <td>{row.items}</td>
                <td>{ruleOf(row.rule)}</td>
                <td>{row.nextDeliverOn !== null && formatDayOfYear(row.nextDeliverOn)}</td>
                <td>{row.nextDeliverOn !== null && t('list.turn', { turn: row.nextTurn })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <div className={file.foot}>{rows && rows.length > 0 && <ListFoot {...foot} />}</div>
    </section>
  )
}
