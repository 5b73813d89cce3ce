import { Button, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlannedTurn } from '../../../../contract/subscription-form'
import type { SubscriptionDetail } from '../../../../contract/subscription-views'
import { api } from '../../lib/client'
import { formatDayOfYear } from '../../lib/format'
import { BackLink } from '../../ui/back-link'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel } from '../../ui/states'
import { useBackKey } from '../../ui/use-back-key'
import { CancelDialog, PauseDialog, ResumeDialog } from './contract-dialogs'
import { Facts, type TermsAct } from './contract-facts'
import { ContractReadBack, Events, PastTurns } from './contract-past'
import { ItemsDialog } from './items-dialog'
import { PaymentDialog } from './payment-dialog'
import { PlanTable } from './plan-table'
import { roadDays } from './plan-words'
import { PricesDialog } from './prices-dialog'
import { RuleDialog } from './rule-dialog'
import { ShipToDialog } from './ship-to-dialog'
import { SubscriptionChip } from './subscription-chip'
import styles from './subscriptions.module.css'
import { TermsDialog } from './terms-dialog'
import { MoveDialog, RestoreDialog, SkipDialog } from './turn-dialogs'
import { TurnMenu, type TurnAct } from './turn-menu'

type StandingAct = 'pause' | 'resume' | 'cancel'
type Asked = { readonly act: TurnAct; readonly turn: PlannedTurn } | { readonly act: TermsAct | StandingAct }

function Dialogs({
  detail,
  asked,
  onClose,
}: {
  detail: SubscriptionDetail
  asked: Asked
  onClose: () => void
}) {
  const parts = { detail, onClose }
  switch (asked.act) {
    case 'skip':
      return <SkipDialog {...parts} turn={asked.turn} />
    case 'move':
      return <MoveDialog {...parts} turn={asked.turn} />
    case 'items':
      return <ItemsDialog {...parts} turn={asked.turn} />
    case 'restore-skip':
      return <RestoreDialog {...parts} turn={asked.turn} what="skip" />
    case 'restore-move':
      return <RestoreDialog {...parts} turn={asked.turn} what="move" />
    case 'restore-items':
      return <RestoreDialog {...parts} turn={asked.turn} what="items" />
    case 'all-items':
      return <ItemsDialog {...parts} turn={null} />
    case 'rule':
      return <RuleDialog {...parts} />
    case 'ship-to':
      return <ShipToDialog {...parts} />
    case 'prices':
      return <PricesDialog {...parts} />
    case 'payment':
      return <PaymentDialog {...parts} />
    case 'terms':
      return <TermsDialog {...parts} />
    case 'pause':
      return <PauseDialog {...parts} />
    case 'resume':
      return <ResumeDialog {...parts} />
    case 'cancel':
      return <CancelDialog {...parts} />
  }
}

function Actions({ detail, onAsk }: { detail: SubscriptionDetail; onAsk: (asked: Asked) => void }) {
  const { t } = useTranslation('subscriptionDesk')
  const { can } = detail
  const isStopped =
    detail.status === 'paused' || detail.status === 'payment-stopped' || detail.status === 'cancelled'
  const button = (act: StandingAct) => (
    <Button size="compact-sm" variant="default" onClick={() => onAsk({ act })}>
      {t(`act.${act}`)}
    </Button>
  )
  return (
    <>
      {isStopped && !can.resume && !can.restart && (
        <Text size="sm" c="dimmed">
          {t('resume.notAllowed')}
        </Text>
      )}
      {can.pause && button('pause')}
      {(can.resume || can.restart) && button('resume')}
      {can.cancel && button('cancel')}
    </>
  )
}

function Plan({
  detail,
  writable,
  onAsk,
}: {
  detail: SubscriptionDetail
  writable: boolean
  onAsk: (asked: Asked) => void
}) {
  const { t } = useTranslation('subscriptions')
  const { t: desk } = useTranslation('subscriptionDesk')
  const road = roadDays(detail.plan)
  const action = (turn: PlannedTurn) => <TurnMenu turn={turn} onPick={(act) => onAsk({ act, turn })} />
  return (
    <section className="card" aria-labelledby="contract-plan">
      <div className={styles.paneHead}>
        <Title order={2} id="contract-plan" mb={6}>
          {t('plan.title')}
        </Title>
        {detail.can.pastDeadline && (
          <Text size="sm" c="var(--warn)">
            {desk('detail.pastDeadline')}
          </Text>
        )}
        <div className={styles.rest} />
        {road !== null && (
          <Text size="sm" c="dimmed">
            {road === 0 ? t('plan.sameDay') : t('plan.road', { days: road })}
          </Text>
        )}
      </div>
      {detail.plan.length === 0 ? (
        <Text size="sm" c="dimmed">
          {desk(detail.status === 'payment-stopped' ? 'detail.unpaidPlan' : 'detail.noPlan')}
        </Text>
      ) : (
        <PlanTable
          plan={detail.plan}
          rule={detail.rule}
          {...(writable && detail.can.change ? { action } : {})}
        />
      )}
    </section>
  )
}

/** 定期詳細: what comes, what was, and what can be changed. */
export function SubscriptionPage({ id }: { id: string }) {
  const { t } = useTranslation('subscriptionDesk')
  const contract = useQuery(api.subscriptions.get.queryOptions({ input: { id } }))
  const session = useQuery(api.auth.session.queryOptions())
  const [asked, setAsked] = useState<Asked | null>(null)
  useBackKey('/subscriptions')
  const writable = session.data?.permissions.includes('subscription.write') ?? false
  const { data } = contract
  return (
    <Stack className="pageBody" gap={14}>
      <div className={pageHead.head}>
        <BackLink list="/subscriptions">{t('detail.back')}</BackLink>
        <Title order={1}>{data ? t('detail.title', { number: data.number }) : t('detail.opening')}</Title>
        {data && <SubscriptionChip status={data.status} />}
        {data && data.nextDeliverOn !== null && (
          <Text size="sm">{t('detail.next', { date: formatDayOfYear(data.nextDeliverOn) })}</Text>
        )}
        <div className={pageHead.rest} />
        {data && writable && <Actions detail={data} onAsk={setAsked} />}
      </div>
      {contract.isError && <ErrorPanel error={contract.error} onRetry={() => void contract.refetch()} />}
      {contract.isPending && <Skeleton height={420} aria-hidden="true" />}
      {data && (
        <div className={styles.columns}>
          <div className={styles.column}>
            <Plan detail={data} writable={writable} onAsk={setAsked} />
            <PastTurns detail={data} isWritable={writable} />
            <ContractReadBack detail={data} />
          </div>
          <div className={styles.column}>
            <Facts
              detail={data}
              {...(writable && data.can.change ? { onAsk: (act) => setAsked({ act }) } : {})}
            />
            <Events detail={data} />
          </div>
        </div>
      )}
      {data && asked && <Dialogs detail={data} asked={asked} onClose={() => setAsked(null)} />}
    </Stack>
  )
}
