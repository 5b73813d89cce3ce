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

interface RowProps {
  readonly turn: PlannedTurn
  readonly notes: readonly string[]
  readonly isShort: boolean
  readonly action: ReactNode
}

function Delivery({ turn, notes, isShort, action }: RowProps) {
  const { t } = useTranslation('subscriptions')
  const items = turn.items.map(({ name, quantity }) => t('plan.item', { name, quantity })).join('、')
  return (
    <tr data-testid="planned-turn" data-shifted={notes.length > 0 || undefined}>
      <th scope="row" className={styles.num}>
        {turn.turn !== null && t('plan.nth', { turn: turn.turn })}
      </th>
      <td className={styles.day}>{turn.deliverOn !== null && formatDayOfYear(turn.deliverOn)}</td>
      <td>{shortDay(turn.shipOn)}</td>
      {!isShort && <td>{shortDay(turn.generateOn)}</td>}
      {!isShort && <td>{shortDay(turn.changeUntil)}</td>}
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
      {action !== undefined && <td className={styles.act}>{action}</td>}
    </tr>
  )
}

function Gap({ turn, isShort, action }: Omit<RowProps, 'notes'>) {
  const { t } = useTranslation('subscriptions')
  return (
    <tr className={styles.gap} data-testid="planned-turn">
      <td />
      <td className={styles.day}>{formatDayOfYear(turn.ruleDate)}</td>
      <td colSpan={isShort ? 3 : 5}>{t(turn.kind === 'paused' ? 'plan.paused' : 'plan.skipped')}</td>
      {action !== undefined && <td className={styles.act}>{action}</td>}
    </tr>
  )
}

function Head({ isShort, hasAction }: { isShort: boolean; hasAction: boolean }) {
  const { t } = useTranslation('subscriptions')
  return (
    <>
      <colgroup>
        <col style={{ width: 50 }} />
        <col style={{ width: 118 }} />
        <col style={{ width: 82 }} />
        {!isShort && <col style={{ width: 86 }} />}
        {!isShort && <col style={{ width: 84 }} />}
        <col />
        <col style={{ width: 92 }} />
        {hasAction && <col style={{ width: 78 }} />}
      </colgroup>
      <thead>
        <tr>
          <th scope="col" className={styles.num}>
            {t('plan.turn')}
          </th>
          <th scope="col">{t('plan.deliverOn')}</th>
          <th scope="col">{t('plan.shipOn')}</th>
          {!isShort && <th scope="col">{t('plan.generateOn')}</th>}
          {!isShort && <th scope="col">{t('plan.changeUntil')}</th>}
          <th scope="col">{t('plan.items')}</th>
          <th scope="col" className={styles.num}>
            {t('plan.total')}
          </th>
          {hasAction && (
            <th scope="col">
              <span className="visuallyHidden">{t('items.actions')}</span>
            </th>
          )}
        </tr>
      </thead>
    </>
  )
}

/** The next deliveries of a rule, every shift explained in words. */
export function PlanTable({ plan, rule, action, isShort = false }: PlanTableProps) {
  const { t } = useTranslation('subscriptions')
  const totals = plan.flatMap(({ total }) => (total === null ? [] : [total]))
  const deliveries = plan.filter(({ kind }) => kind === 'delivery').length
  return (
    <table className={styles.plan} aria-label={t('plan.title')} data-short={isShort || undefined}>
      <Head isShort={isShort} hasAction={action !== undefined} />
      <tbody>
        {plan.map((turn) => {
          const parts = { turn, isShort, action: action?.(turn) }
          return turn.kind === 'delivery' ? (
            <Delivery key={turn.ruleIndex} notes={noteWords(t, turn, rule)} {...parts} />
          ) : (
            <Gap key={turn.ruleIndex} {...parts} />
          )
        })}
      </tbody>
      {!isShort && totals.length > 1 && totals.length === deliveries && (
        <tfoot>
          <tr>
            <th scope="row" colSpan={6} className={styles.num}>
              {t('plan.sum', { count: deliveries })}
            </th>
            <td className={styles.num} data-testid="plan-sum">
              {formatYen(totals.reduce((sum, total) => sum + total, 0))}
            </td>
            {action !== undefined && <td />}
          </tr>
        </tfoot>
      )}
    </table>
  )
}
