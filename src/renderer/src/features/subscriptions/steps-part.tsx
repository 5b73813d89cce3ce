import { ActionIcon, Button, Select, Text, Title } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { WholeField } from '../../ui/whole-field'
import type { DraftStep, PlanDraft } from './plan-form'
import styles from './subscriptions.module.css'
import type { Plan } from './use-plan'

const KINDS = ['percent-off', 'yen-off', 'goods-total'] as const
/** As the contract bounds them. */
const MOST_STEPS = 12

interface StepRowProps {
  readonly step: DraftStep
  readonly at: number
  readonly faultOf: Plan['faultOf']
  readonly onChange: (part: Partial<DraftStep>) => void
  readonly onRemove: () => void
}

function StepRow({ step, at, faultOf, onChange, onRemove }: StepRowProps) {
  const { t } = useTranslation('subscriptions')
  const row = t('steps.row', { number: at + 1 })
  const fault = (key: string) => faultOf(`priceSteps.${at}.${key}`)
  return (
    <tr>
      <td>
        <WholeField
          hiddenLabel
          label={`${row} ${t('steps.from')}`}
          unit={t('rule.turnUnit')}
          value={step.fromTurn}
          error={fault('fromTurn')}
          onChange={(fromTurn) => onChange({ fromTurn })}
        />
      </td>
      <td>
        <WholeField
          hiddenLabel
          label={`${row} ${t('steps.to')}`}
          placeholder={t('steps.toHint')}
          unit={t('rule.turnUnit')}
          value={step.toTurn}
          error={fault('toTurn')}
          onChange={(toTurn) => onChange({ toTurn })}
        />
      </td>
      <td>
        <Select
          aria-label={`${row} ${t('steps.kind')}`}
          allowDeselect={false}
          data={KINDS.map((value) => ({ value, label: t(`steps.kinds.${value}`) }))}
          value={step.kind}
          onChange={(value) => onChange({ kind: KINDS.find((one) => one === value) ?? 'percent-off' })}
        />
      </td>
      <td>
        <WholeField
          hiddenLabel
          label={`${row} ${t('steps.value')}`}
          unit={t(`steps.valueUnits.${step.kind}`)}
          value={step.value}
          error={fault('value')}
          onChange={(value) => onChange({ value })}
        />
      </td>
      <td>
        <ActionIcon variant="default" aria-label={t('steps.remove', { number: at + 1 })} onClick={onRemove}>
          <IconTrash size={15} aria-hidden="true" />
        </ActionIcon>
      </td>
    </tr>
  )
}

interface StepsEditorProps {
  readonly steps: readonly DraftStep[]
  readonly faultOf: Plan['faultOf']
  readonly onChange: (steps: readonly DraftStep[]) => void
  /** Id of the heading that names the table. */
  readonly labelledBy: string
}

/** What the first turns, or all of them, cost instead. */
export function StepsEditor({ steps, faultOf, onChange, labelledBy }: StepsEditorProps) {
  const { t } = useTranslation('subscriptions')
  /** The next step begins where the last one ends. */
  const add = () => {
    const last = steps.at(-1)
    const fromTurn = last === undefined ? 1 : (last.toTurn ?? last.fromTurn ?? 0) + 1
    onChange([...steps, { fromTurn, toTurn: fromTurn, kind: 'percent-off', value: null }])
  }
  return (
    <>
      {steps.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('steps.none')}
        </Text>
      ) : (
        <table className={styles.items} aria-labelledby={labelledBy}>
          <colgroup>
            <col />
            <col />
            <col className={styles.kindColumn} />
            <col />
            <col className={styles.actionColumn} />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">{t('steps.from')}</th>
              <th scope="col">{t('steps.to')}</th>
              <th scope="col">{t('steps.kind')}</th>
              <th scope="col">{t('steps.value')}</th>
              <th scope="col">
                <span className="visuallyHidden">{t('steps.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {steps.map((step, at) => (
              <StepRow
                // eslint-disable-next-line react/no-array-index-key -- a step is named by its place alone
                key={at}
                step={step}
                at={at}
                faultOf={faultOf}
                onChange={(part) =>
                  onChange(steps.map((one, index) => (index === at ? { ...one, ...part } : one)))
                }
                onRemove={() => onChange(steps.filter((_step, index) => index !== at))}
              />
            ))}
          </tbody>
        </table>
      )}
      {steps.length < MOST_STEPS && (
        <Button
          mt="sm"
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden="true" />}
          onClick={add}
        >
          {t('steps.add')}
        </Button>
      )}
    </>
  )
}

interface StepsPartProps {
  readonly plan: {
    readonly draft: Pick<PlanDraft, 'steps'>
    readonly change: (part: Pick<PlanDraft, 'steps'>) => void
    readonly faultOf: Plan['faultOf']
  }
}

/** 回ごとの価格 of the form. */
export function StepsPart({ plan }: StepsPartProps) {
  const { t } = useTranslation('subscriptions')
  return (
    <section className="card" aria-labelledby="plan-steps">
      <Title order={2} id="plan-steps" mb="xs">
        {t('steps.title')}
      </Title>
      <StepsEditor
        steps={plan.draft.steps}
        faultOf={plan.faultOf}
        onChange={(steps) => plan.change({ steps })}
        labelledBy="plan-steps"
      />
    </section>
  )
}
