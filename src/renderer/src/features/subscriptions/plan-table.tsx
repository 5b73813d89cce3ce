import { IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CycleRule } from '../../../../contract/cycle-rule'
import type { PlannedTurn } from '../../../../contract/subscription-form'
import { formatDayOfYear, formatPlainDate, formatYen } from '../../lib/format'
import { noteWords } from './plan-words'
import styles from './subscriptions.module.css'

interface PlanTableProps {
  readonly plan: readonly PlannedTurn[]
  readonly rule: CycleRule
  /** What can be done with a turn; without it there is no such column. */
  readonly action?: (turn: PlannedTurn) => ReactNode
  /** In a dialog: without the dates of the desk and the sum. */
  readonly isShort?: boolean
}

const shortDay = (date: string | null): string => (date === null ? '' : formatPlainDate(date))

function Delivery({ turn, notes }: { turn: PlannedTurn; notes: readonly string[] }) {
  const { t } = useTranslation('subscriptions')
  const items = turn.items.map(({ name, quantity }) => t('plan.item', { name, quantity })).join('、')
  return (
    <tr data-testid="planned-turn" data-shifted={notes.length > 0 || undefined}>
      <th scope="row" className={styles.num}>
        {turn.turn !== null && t('plan.nth', { turn: turn.turn })}
      </th>
      <td className={styles.day}>{turn.deliverOn !== null && formatDayOfYear(turn.deliverOn)}</td>
      <td>{shortDay(turn.shipOn)}</td>
      <td>{shortDay(turn.generateOn)}</td>
      <td>{shortDay(turn.changeUntil)}</td>
      <td>
        <span className={styles.goods} title={items}>
          {items || t('plan.noItems')}
        </span>
        {notes.map((note) => (
          <span key={note} className={styles.note}>
            <IconInfoCircle size={14} stroke={1.7} aria-hidden="true" />
            {note}
          </span>
        ))}
      </td>
      <td className={styles.num}>{turn.total === null ? t('plan.noTotal') : formatYen(turn.total)}</td>
    </tr>
  )
}

function Gap({ turn }: { turn: PlannedTurn }) {
  const { t } = useTranslation('subscriptions')
  return (
    <tr className={styles.gap} data-testid="planned-turn">
      <td />
      <td className={styles.day}>{formatDayOfYear(turn.ruleDate)}</td>
      <td colSpan={5}>{t(turn.kind === 'paused' ? 'plan.paused' : 'plan.skipped')}</td>
    </tr>
  )
}

/** The next deliveries of a rule, every shift explained in words. */
export function PlanTable({ plan, rule }: PlanTableProps) {
  const { t } = useTranslation('subscriptions')
  const totals = plan.flatMap(({ total }) => (total === null ? [] : [total]))
  const deliveries = plan.filter(({ kind }) => kind === 'delivery').length
  return (
    <table className={styles.plan} aria-label={t('plan.title')}>
      <colgroup>
        <col style={{ width: 50 }} />
        <col style={{ width: 118 }} />
        <col style={{ width: 82 }} />
        <col style={{ width: 86 }} />
        <col style={{ width: 84 }} />
        <col />
        <col style={{ width: 92 }} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col" className={styles.num}>
            {t('plan.turn')}
          </th>
          <th scope="col">{t('plan.deliverOn')}</th>
          <th scope="col">{t('plan.shipOn')}</th>
          <th scope="col">{t('plan.generateOn')}</th>
          <th scope="col">{t('plan.changeUntil')}</th>
          <th scope="col">{t('plan.items')}</th>
          <th scope="col" className={styles.num}>
            {t('plan.total')}
          </th>
        </tr>
      </thead>
      <tbody>
        {plan.map((turn) =>
          turn.kind === 'delivery' ? (
            <Delivery key={turn.ruleIndex} turn={turn} notes={noteWords(t, turn, rule)} />
          ) : (
            <Gap key={turn.ruleIndex} turn={turn} />
          ),
        )}
      </tbody>
      {totals.length > 1 && totals.length === deliveries && (
        <tfoot>
          <tr>
            <th scope="row" colSpan={6} className={styles.num}>
              {t('plan.sum', { count: deliveries })}
            </th>
            <td className={styles.num} data-testid="plan-sum">
              {formatYen(totals.reduce((sum, total) => sum + total, 0))}
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  )
}
