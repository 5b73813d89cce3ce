import { Text, Title } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client'
import { formatDateTime } from '../../lib/format'
import { ListFoot } from '../../ui/list-foot'
import { ErrorPanel } from '../../ui/states'
import { StatusChip } from '../../ui/status-chip'
import { usePaged } from '../../ui/use-paged'
import styles from './calls.module.css'
import { useCallWords } from './use-call-words'

const PAGE = 10

/** Calls from any of a customer's numbers within 30 days, for 顧客詳細. */
export function CustomerCalls({ customerId }: { customerId: string }) {
  const { t } = useTranslation('calls')
  const words = useCallWords()
  const list = useInfiniteQuery(
    api.calls.ofCustomer.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: PAGE, customerId }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const { rows, foot } = usePaged(list)
  return (
    <section className="card" aria-labelledby="customer-calls">
      <Title order={2} mb={8} id="customer-calls">
        {t('ofCustomer.title')}
      </Title>
      {list.isError && !list.isFetchNextPageError && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      {rows?.length === 0 && <Text size="sm">{t('ofCustomer.none')}</Text>}
      {rows !== undefined && rows.length > 0 && (
        <>
          <ul className={styles.calls}>
            {rows.map((call) => (
              <li key={call.id}>
                <span className={styles.time}>{formatDateTime(call.rangAt)}</span>
                <b>{words.number(call)}</b>
                <StatusChip tone={call.state === 'answered' ? 'good' : 'bad'}>
                  {t(`states.${call.state}`)}
                </StatusChip>
                {call.answeredBy !== null && (
                  <span className={styles.quiet}>{t('ofCustomer.by', { name: call.answeredBy })}</span>
                )}
              </li>
            ))}
          </ul>
          <div className={styles.foot}>
            <ListFoot {...foot} />
          </div>
        </>
      )}
    </section>
  )
}
