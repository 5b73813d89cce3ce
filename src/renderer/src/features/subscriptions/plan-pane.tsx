import { Skeleton, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlannedTurn } from '../../../../contract/subscription-form'
import { ErrorPanel } from '../../ui/states'
import { PlanTable } from './plan-table'
import { roadDays, ruleWords } from './plan-words'
import styles from './subscriptions.module.css'
import type { Plan } from './use-plan'

interface PlanPaneProps {
  readonly plan: Pick<Plan, 'shown' | 'isReadable' | 'isOld' | 'error' | 'isAsking' | 'retry'>
  /** Where there is less room: without the dates of the desk and the sum. */
  readonly isShort?: boolean
  /** What can be tried with a turn. */
  readonly renderAction?: (turn: PlannedTurn) => ReactNode
  /** What is tried at the moment, with the way back. */
  readonly tried?: ReactNode
}

/** これからのお届け beside the form, as it follows from what is typed. */
export function PlanPane({ plan, isShort = false, renderAction, tried }: PlanPaneProps) {
  const { t } = useTranslation('subscriptions')
  const { shown, isReadable, isOld, error } = plan
  const road = shown ? roadDays(shown.turns) : null
  return (
    <section className={styles.pane} aria-labelledby="plan" tabIndex={0}>
      <div className={styles.paneHead}>
        <Title order={2} id="plan">
          {t('plan.title')}
        </Title>
        {shown && (
          <Text size="sm" data-testid="plan-rule">
            {t('plan.rule', { rule: ruleWords(t, shown.rule) })}
          </Text>
        )}
        <div className={styles.rest} />
        {road !== null && (
          <Text size="sm" c="dimmed">
            {road === 0 ? t('plan.sameDay') : t('plan.road', { days: road })}
          </Text>
        )}
      </div>
      <p className={styles.wait} role="status">
        {isReadable ? tried : t('plan.wait')}
        {shown && !isOld && (
          <span className="visuallyHidden">
            {t('plan.now', { rule: ruleWords(t, shown.rule), count: shown.turns.length })}
          </span>
        )}
      </p>
      {error !== null && <ErrorPanel error={error} onRetry={plan.retry} />}
      {!shown && isReadable && error === null && plan.isAsking && (
        <Skeleton height={430} aria-hidden="true" />
      )}
      {shown && (
        <div className={styles.shown} data-old={isOld} aria-busy={isOld}>
          {shown.turns.length === 0 ? (
            <Text size="sm">{t('plan.none')}</Text>
          ) : (
            <PlanTable
              plan={shown.turns}
              rule={shown.rule}
              isShort={isShort}
              {...(renderAction && { action: renderAction })}
            />
          )}
        </div>
      )}
    </section>
  )
}
