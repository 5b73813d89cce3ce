import { Alert, Button, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeypadDetail } from '../../../../contract/keypad-monitor'
import type { KeypadUpdatePlan } from '../../../../contract/keypad-updates'
import { api } from '../../lib/client'
import { formatDateTime, formatTime } from '../../lib/format'
import { UpdateBadge } from './chips'
import { FailUpdateDialog } from './fail-update-dialog'
import styles from './keypads.module.css'
import { useNext } from './plan-now'
import { PlanUpdateDialog } from './plan-update-dialog'
import { PostponeDialog } from './postpone-dialog'
import { WithdrawUpdateDialog } from './withdraw-update-dialog'

const MINUTE_MS = 60_000

function useReason(): (plan: KeypadUpdatePlan) => string | null {
  const { t } = useTranslation('keypadMonitor')
  return ({ reason, found, failure }) => {
    if (reason === null) return null
    if (reason === 'other-version') return t('update.reason.other-version', { found: found ?? t('unknown') })
    if (reason === 'code')
      return t('update.reason.code', { code: failure?.code ?? '', title: failure?.title ?? '' })
    return t(`update.reason.${reason}`)
  }
}

function PlanFacts({ plan, now }: { plan: KeypadUpdatePlan; now: string }) {
  const { t } = useTranslation('keypadMonitor')
  const next = useNext()
  const reason = useReason()(plan)
  return (
    <dl className={`facts ${styles.facts ?? ''}`}>
      <dt>{t('update.target')}</dt>
      <dd>
        <Text fw={600} span>
          {plan.target}
        </Text>
      </dd>
      <dt>{t('update.now')}</dt>
      <dd>{now}</dd>
      <dt>{t(plan.state === 'planned' ? 'update.when' : 'update.retryAt')}</dt>
      <dd>{next(plan)}</dd>
      {reason !== null && (
        <>
          <dt>{t('update.reasonTitle')}</dt>
          <dd>{reason}</dd>
        </>
      )}
      {plan.failure && plan.reason === 'code' && (
        <>
          <dt>{t('update.action')}</dt>
          <dd>{plan.failure.action}</dd>
        </>
      )}
      {plan.nextAt !== null && (
        <>
          <dt>{t('update.movesLeft')}</dt>
          <dd>{t('update.movesLeftOf', { left: plan.movesLeft })}</dd>
        </>
      )}
      {plan.note !== '' && (
        <>
          <dt>{t('update.note')}</dt>
          <dd>{plan.note}</dd>
        </>
      )}
      <dt>{t('update.planned')}</dt>
      <dd>{t('update.plannedBy', { time: formatDateTime(plan.plannedAt), name: plan.plannedBy })}</dd>
    </dl>
  )
}

type Action = 'plan' | 'postpone' | 'fail' | 'withdraw'

interface KeypadUpdateProps {
  readonly keypad: KeypadDetail
  readonly manages: boolean
}

/** ソフトウェアの更新: when it is planned, what came of it, and what to do. */
export function KeypadUpdate({ keypad, manages }: KeypadUpdateProps) {
  const { t } = useTranslation('keypadMonitor')
  const session = useQuery(api.auth.session.queryOptions())
  const [asked, setAsked] = useState<Action | null>(null)
  const plan = keypad.updatePlan
  const isPlannable = keypad.state !== 'unregistered' && keypad.stopReason === null
  if (plan === null && !isPlannable) return null
  const operates = session.data?.permissions.includes('keypad.use') ?? false
  const idFor = (action: Action) => (asked === action ? keypad.id : null)
  const close = () => setAsked(null)
  const button = (action: Action, words: string) => (
    <Button key={action} variant="default" size="compact-sm" onClick={() => setAsked(action)}>
      {words}
    </Button>
  )
  return (
    <section className="card" aria-labelledby="update">
      <div className={styles.updateHead}>
        <Title order={2} id="update">
          {t('update.title')}
        </Title>
        {plan && <UpdateBadge state={plan.state} />}
      </div>
      {plan === null && <Text size="sm">{t('update.none')}</Text>}
      {plan?.state === 'open' && plan.nextAt !== null && (
        <Alert color="accent" py="xs" mb={8} c="var(--mantine-color-text)">
          {t('update.openNow', { until: formatTime(plan.nextAt + plan.windowMinutes * MINUTE_MS) })}
        </Alert>
      )}
      {plan && <PlanFacts plan={plan} now={keypad.firmware ?? t('unknown')} />}
      <div className={styles.updateActions}>
        {manages && isPlannable && button('plan', t(plan === null ? 'update.plan' : 'update.change'))}
        {plan && operates && button('postpone', t('update.postpone'))}
        {plan && manages && button('fail', t('update.fail'))}
        {plan && manages && button('withdraw', t('update.withdraw'))}
      </div>
      <PlanUpdateDialog id={idFor('plan')} onClose={close} />
      <PostponeDialog id={idFor('postpone')} onClose={close} />
      <FailUpdateDialog id={idFor('fail')} onClose={close} />
      <WithdrawUpdateDialog id={idFor('withdraw')} onClose={close} />
    </section>
  )
}
