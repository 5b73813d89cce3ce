import { Button, Skeleton } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { CheckoutStage } from '../../../contract/checkout'
import { api } from '../lib/client'
import { Key } from '../ui/states'
import { FormStage } from './2-form/form-stage'
import { ReadBackStage } from './3-read-back/read-back-stage'
import { DoneStage } from './4-done/done-stage'
import { ConflictQuestion } from './conflict-question'
import { DiscardQuestion } from './discard-question'
import { DraftProvider, useDraftState } from './draft/draft-context'
import { useOpenedDraft } from './draft/open-draft'
import styles from './page.module.css'
import { FocusPlanProvider } from './parts/focus-plan'
import { StageHeader, type StepName } from './stage-header'
import { HoldBanner, useHold } from './hold'
import { ChangeBanner } from './change-banner'
import { TroublePanel } from './trouble-panel'
import { useFreshView } from './use-fresh-view'

interface CheckoutPageProps {
  /** Null opens a new order. */
  readonly checkoutId: string | null
  /** For a new order: the customer that is already known. */
  readonly customerId: string | null
}

/** 注文登録: one order from the caller's phone number to the order number. */
export function CheckoutPage({ checkoutId, customerId }: CheckoutPageProps) {
  const { t } = useTranslation('checkout')
  const opened = useOpenedDraft(checkoutId, customerId)
  switch (opened.kind) {
    case 'opening':
      return (
        <div className={styles.page} aria-busy>
          <h1 className={styles.opening}>{t('title')}</h1>
          <div className={styles.waiting} role="status" aria-label={t('opening')}>
            <Skeleton height={480} radius={8} />
            <Skeleton height={360} radius={8} />
          </div>
        </div>
      )
    case 'failed':
      return (
        <div className={styles.page}>
          <h1 className={styles.opening}>{t('title')}</h1>
          <div className={styles.empty} role="alert">
            <p>{(opened.refused.kind === 'trouble' && opened.refused.message) || t('trouble.openFailed')}</p>
            <Button mt="xs" onClick={opened.again}>
              {t('trouble.retry')}
            </Button>
          </div>
        </div>
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
  return (
    <div className={styles.page}>
      <StageHeader
        step={STEP[view.stage]}
        onHold={view.stage === 'editing' && view.heldUntil === null ? hold : null}
        onDiscard={over ? null : () => running === null && setAskedAt(view.stage)}
      />
      <ChangeBanner />
      <HoldBanner />
      <TroublePanel />
      <Stage />
      <DiscardQuestion opened={discarding} onClose={() => setAskedAt(null)} />
      <ConflictQuestion />
    </div>
  )
}

function Stage() {
  const { view } = useDraftState()
  const locked = useQuery(api.auth.session.queryOptions()).data?.locked === true
  switch (view.stage) {
    case 'editing':
    case 'authorizing':
      return <FormStage locked={locked} />
    case 'read-back':
      return <ReadBackStage />
    case 'completed':
      return <DoneStage />
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
