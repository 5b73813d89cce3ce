import { Text, Title } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import { Id } from '../../../../contract/values'
import { useFieldFlow } from '../../lib/keyboard'
import { DateField } from '../../ui/date-field'
import pageHead from '../../ui/page-head.module.css'
import { WholeField } from '../../ui/whole-field'
import { CustomerPart } from './customer-part'
import { ItemsPart } from './items-part'
import { PlanPane } from './plan-pane'
import { TriedTurns, TryMenu } from './plan-tries'
import { RuleEditor } from './rule-editor'
import { StepsPart } from './steps-part'
import { SubscriptionTabs } from './subscription-tabs'
import styles from './subscriptions.module.css'
import { usePlan, type Plan } from './use-plan'

function RulePart({ plan }: { plan: Plan }) {
  const { t } = useTranslation('subscriptions')
  const { draft, change, faultOf } = plan
  const startFault = faultOf('startOn')
  return (
    <section className="card" aria-labelledby="plan-rule">
      <Title order={2} id="plan-rule" mb="xs">
        {t('rule.title')}
      </Title>
      <div className={styles.fields}>
        <RuleEditor rule={draft.rule} faultOf={faultOf} onChange={(rule) => change({ rule })} />
        <div className={styles.line}>
          <DateField
            label={t('rule.start')}
            width={150}
            placeholder={t('rule.startHint')}
            value={draft.startOn}
            onChange={(startOn) => change({ startOn })}
          />
          <WholeField
            label={t('rule.lastTurn')}
            width={130}
            unit={t('rule.turnUnit')}
            placeholder={t('rule.lastTurnHint')}
            value={draft.lastTurn}
            error={faultOf('lastTurn')}
            onChange={(lastTurn) => change({ lastTurn })}
          />
        </div>
        {startFault !== undefined && (
          <Text size="xs" c="var(--bad)" role="alert">
            {startFault}
          </Text>
        )}
      </div>
    </section>
  )
}

/** 定期注文マスター > お届けの試算: when a rule delivers, and what it costs, before anything is promised. */
export function PlanPage() {
  const { t } = useTranslation('subscriptions')
  const asked = Id.safeParse(new URLSearchParams(useSearch()).get('customer'))
  const plan = usePlan(asked.success ? asked.data : null)
  const form = useRef<HTMLDivElement>(null)
  useFieldFlow(form)
  return (
    <div className="listPage">
      <div className={pageHead.head}>
        <Title order={1}>
          <span className={styles.crumb}>{t('crumb')}</span>
          {t('page')}
        </Title>
        <Text size="sm" c="dimmed">
          {t('lead')}
        </Text>
      </div>
      <SubscriptionTabs />
      <div className={styles.panes}>
        <div className={styles.form} ref={form} role="group" aria-label={t('form')}>
          <RulePart plan={plan} />
          <ItemsPart plan={plan} />
          <CustomerPart plan={plan} />
          <StepsPart plan={plan} />
        </div>
        <PlanPane
          plan={plan}
          renderAction={(turn) => <TryMenu plan={plan} turn={turn} />}
          tried={<TriedTurns plan={plan} />}
        />
      </div>
    </div>
  )
}
