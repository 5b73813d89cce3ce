import { Anchor, Button, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { DuplicateCandidate, MergeRecord } from '../../../../contract/customer-merge'
import { api } from '../../lib/client'
import { formatDate, formatDateTime } from '../../lib/format'
import { ErrorPanel } from '../../ui/states'
import styles from './customer-merge.module.css'
import { LevelChip } from './level-chip'
import { UndoDialog } from './undo-dialog'

/** 名寄せ on 顧客詳細: who may be the same person, and what was merged into this customer. */
export function CustomerDuplicates({ customerId }: { customerId: string }) {
  const { t } = useTranslation('customerMerge')
  const session = useQuery(api.auth.session.queryOptions())
  const may = session.data?.permissions.includes('customer.merge') ?? false
  const input = { customerId }
  const candidates = useQuery(api.customerMerge.candidates.queryOptions({ input, enabled: may }))
  const merges = useQuery(api.customerMerge.ofCustomer.queryOptions({ input, enabled: may }))
  if (!may) return null
  return (
    <>
      <section className="card" aria-labelledby="duplicates">
        <Title order={2} mb={6} id="duplicates">
          {t('candidates.title')}
        </Title>
        {candidates.isError && (
          <ErrorPanel error={candidates.error} onRetry={() => void candidates.refetch()} />
        )}
        {candidates.data?.length === 0 && <Text size="sm">{t('candidates.none')}</Text>}
        {candidates.data?.map((one) => (
          <Candidate key={one.customer.id} customerId={customerId} candidate={one} />
        ))}
      </section>
      {merges.data && merges.data.length > 0 && (
        <section className="card" aria-labelledby="merges">
          <Title order={2} mb={6} id="merges">
            {t('merges.title')}
          </Title>
          {merges.data.map((one) => (
            <Merge key={one.id} record={one} />
          ))}
        </section>
      )}
    </>
  )
}

function Candidate({ customerId, candidate }: { customerId: string; candidate: DuplicateCandidate }) {
  const { t } = useTranslation('customerMerge')
  const { customer, level, reasons } = candidate
  const { id, number, name, orderCount } = customer
  return (
    <div className={styles.line} data-testid="candidate">
      <div className={styles.grow}>
        <Anchor
          component={Link}
          href={`/customers/${id}`}
          size="sm"
          fw={600}
          lh="24px"
          display="inline-block"
        >
          {t('who', { number, name })}
        </Anchor>
        <Text size="sm" c="dimmed">
          {[
            reasons.map((reason) => t(`reasons.${reason}`)).join('・'),
            t('candidates.orders', { count: orderCount }),
          ].join(' / ')}
        </Text>
      </div>
      <LevelChip level={level} isNamed />
      <Button
        component={Link}
        href={`/customers/${customerId}/merge/${id}`}
        size="compact-sm"
        variant="default"
        aria-label={t('candidates.compareOf', { name, number })}
      >
        {t('candidates.compare')}
      </Button>
    </div>
  )
}

function Merge({ record }: { record: MergeRecord }) {
  const { t } = useTranslation('customerMerge')
  const [asked, setAsked] = useState(false)
  const { state, undoBlock, mergedNumber: number, mergedName: name, at, by } = record
  const block = state === 'done' ? undoBlock : state
  return (
    <div className={styles.line} data-testid="merge">
      <div className={styles.grow}>
        <Text size="sm">{t('merges.line', { at: formatDateTime(at), number, name, by })}</Text>
        <Text size="sm" c="dimmed">
          {block === null
            ? t('merges.until', { day: formatDate(record.undoUntil) })
            : t(`merges.block.${block}`)}
        </Text>
      </div>
      {block === null && (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('merges.undoOf', { number })}
          onClick={() => setAsked(true)}
        >
          {t('merges.undo')}
        </Button>
      )}
      <UndoDialog mergeId={record.id} opened={asked} onClose={() => setAsked(false)} />
    </div>
  )
}
