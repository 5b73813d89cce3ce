import { Button, Skeleton } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { CheckoutStage, CheckoutView } from '../../../contract/checkout'
import { MAX_TABS } from '../../../contract/order-tabs'
import { CallBanner } from '../features/calls/call-banner'
import { RegistrationDone } from '../features/subscription-registration/registration-done'
import { RegistrationForm } from '../features/subscription-registration/registration-form'
import { RegistrationSummary } from '../features/subscription-registration/registration-summary'
import { api } from '../lib/client'
import { Key } from '../ui/states'
import { FormStage } from './2-form/form-stage'
import { OrderSummary } from './3-read-back/order-summary'
import { ReadBackStage } from './3-read-back/read-back-stage'
import { DoneStage } from './4-done/done-stage'
import { ConflictQuestion } from './conflict-question'
import { DiscardQuestion } from './discard-question'
import { DraftProvider, useDraft, useDraftState } from './draft/draft-context'
import { useOpenedDraft, type Opened } from './draft/open-draft'
import styles from './page.module.css'
import { FocusPlanProvider } from './parts/focus-plan'
import { StageHeader, type StepName } from './stage-header'
import { HoldBanner, useHold } from './hold'
import { ChangeBanner } from './change-banner'
import { TabStrip } from './tabs/tab-strip'
import { TroublePanel } from './trouble-panel'
import { useFreshView } from './use-fresh-view'

interface CheckoutPageProps {
  /** Null opens a new order. */
  readonly checkoutId: string | null
  /** What a new one is: an order, or the registration of a 定期. */
  readonly purpose?: 'order' | 'subscription'
  /** For a new order: the customer that is already known. */
  readonly customerId: string | null
  /** For a new order: the call that it is opened for. */
  readonly callId: string | null
}

/** 注文登録: one order from the caller's phone number to the order number. */
export function CheckoutPage({ checkoutId, purpose = 'order', customerId, callId }: CheckoutPageProps) {
  const opened = useOpenedDraft(checkoutId, { purpose, customerId, callId })
  return (
    <div className={styles.page} aria-busy={opened.kind === 'opening'}>
      <TabStrip />
      <OpenedOrder opened={opened} />
    </div>
  )
}

function OpenedOrder({ opened }: { opened: Opened }) {
  const { t } = useTranslation('checkout')
  switch (opened.kind) {
    case 'opening':
      return (
        <>
          <h1 className={styles.opening}>{t('title')}</h1>
          <div className={styles.waiting} role="status" aria-label={t('opening')}>
            <Skeleton height={480} radius={8} />
            <Skeleton height={360} radius={8} />
          </div>
        </>
      )
    case 'full':
      return (
        <>
          <h1 className={styles.opening}>{t('title')}</h1>
          <div className={styles.empty} role="alert">
            <h2>{t('tabs.fullTitle', { count: MAX_TABS })}</h2>
            <p>{t('tabs.fullBody')}</p>
            <Button mt="xs" onClick={opened.again}>
              {t('tabs.fullAgain')}
            </Button>
          </div>
        </>
      )
    case 'failed':
      return (
        <>
          <h1 className={styles.opening}>{t('title')}</h1>
          <div className={styles.empty} role="alert">
            <p>{(opened.refused.kind === 'trouble' && opened.refused.message) || t('trouble.openFailed')}</p>
            <Button mt="xs" onClick={opened.again}>
              {t('trouble.retry')}
            </Button>
          </div>
        </>
      )
    case 'open':
      return (
        <DraftProvider key={opened.draft.state().view.checkoutId} value={opened.draft}>
          <FocusPlanProvider>
            <CheckoutDesk />
          </FocusPlanProvider>
        </DraftProvider>
      )
  }
}

const STEP: Readonly<Record<CheckoutStage, StepName>> = {
  editing: 'form',
  authorizing: 'form',
  'read-back': 'readBack',
  completed: 'done',
  discarded: 'form',
}

function CheckoutDesk() {
  const { view, running } = useDraftState()
  const [askedAt, setAskedAt] = useState<CheckoutStage | null>(null)
  const discarding = askedAt === view.stage
  const over = view.stage === 'completed' || view.stage === 'discarded'
  const hold = useHold()
  useFreshView()
  useFreshTabs()
  return (
    <>
      <StageHeader
        step={STEP[view.stage]}
        onHold={view.stage === 'editing' && view.heldUntil === null ? hold : null}
        onDiscard={over ? null : () => running === null && setAskedAt(view.stage)}
      />
      {!over && <CallBanner checkoutId={view.checkoutId} className={styles.banner} />}
      <ChangeBanner />
      <HoldBanner />
      <TroublePanel />
      <Stage />
      <DiscardQuestion opened={discarding} onClose={() => setAskedAt(null)} />
      <ConflictQuestion />
    </>
  )
}

/** What a tab says of an order, for comparison. */
const tabWords = ({ stage, heldUntil, customerName }: CheckoutView): string =>
  [stage, heldUntil, customerName].join(' ')

/** What a tab says of this order follows it. */
function useFreshTabs(): void {
  const draft = useDraft()
  const queries = useQueryClient()
  useEffect(() => {
    let seen = tabWords(draft.state().view)
    return draft.subscribe(() => {
      const now = tabWords(draft.state().view)
      if (now === seen) return
      seen = now
      void queries.invalidateQueries({ queryKey: api.orderTabs.key() })
    })
  }, [draft, queries])
}

function Stage() {
  const { view } = useDraftState()
  const locked = useQuery(api.auth.session.queryOptions()).data?.locked === true
  const registers = view.purpose === 'subscription'
  switch (view.stage) {
    case 'editing':
    case 'authorizing':
      return registers ? <RegistrationForm locked={locked} /> : <FormStage locked={locked} />
    case 'read-back':
      return <ReadBackStage summary={registers ? <RegistrationSummary /> : <OrderSummary />} />
    case 'completed':
      return registers ? <RegistrationDone /> : <DoneStage />
    case 'discarded':
      return <Discarded />
  }
}

function Discarded() {
  const { t } = useTranslation('checkout')
  const [, navigate] = useLocation()
  return (
    <div className={styles.empty} ref={(element) => element?.focus()} tabIndex={-1}>
      <h2>{t('discard.doneTitle')}</h2>
      <p>{t('discard.doneBody')}</p>
      <Button
        mt="xs"
        aria-keyshortcuts="F2"
        onClick={() => navigate('/checkout/new')}
        rightSection={<Key>F2</Key>}
      >
        {t('done.newOrder')}
      </Button>
    </div>
  )
}
