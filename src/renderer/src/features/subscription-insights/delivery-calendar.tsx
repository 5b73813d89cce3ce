import { ActionIcon, Text, Title } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeliveryDay, Month } from '../../../../contract/subscription-insights'
import { formatCount, formatPlainDate } from '../../lib/format'
import { monthAfter, weeksOf } from '../inspections/month-days'
import { daysAfter } from '../subscriptions/days-after'
import { monthWords } from './insight-words'
import styles from './subscription-insights.module.css'

interface CalendarProps {
  readonly month: Month
  readonly today: string
  /** Last day of the forecast. */
  readonly until: string
  readonly days: readonly DeliveryDay[]
  readonly chosen: string | null
  readonly onMonth: (month: Month) => void
  readonly onDay: (date: string) => void
}

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -7,
  ArrowDown: 7,
}

function useClosedWords() {
  const { t } = useTranslation('subscriptionInsights')
  return ({ closed, special }: DeliveryDay): string => {
    if (special !== null) return special.label || t(`calendar.special.${special.kind}`)
    if (closed === null) return ''
    return closed.kind === 'holiday' ? closed.name : t('calendar.closed')
  }
}

function DayFace({ day }: { day: DeliveryDay }) {
  const { t } = useTranslation('subscriptionInsights')
  const words = useClosedWords()(day) || (day.holiday ?? '')
  const { parcels } = day
  return (
    <>
      <span className={styles.dayHead}>
        <span className="visuallyHidden">{formatPlainDate(day.date)}</span>
        <time dateTime={day.date}>{Number(day.date.slice(8))}</time>
        <span className={styles.dayName} title={words || undefined}>
          {words}
        </span>
      </span>
      {parcels !== null && parcels.ship > 0 && (
        <span className={styles.ship}>{t('calendar.ship', { shown: formatCount(parcels.ship) })}</span>
      )}
      {parcels !== null && parcels.deliver > 0 && (
        <span className={styles.deliver}>
          {t('calendar.deliver', { shown: formatCount(parcels.deliver) })}
        </span>
      )}
    </>
  )
}

function Week({ week, props }: { week: readonly string[]; props: CalendarProps }) {
  const { days, chosen, today, onDay } = props
  return (
    <tr>
      {week.map((date) => {
        const day = days.find((one) => one.date === date)
        const inForecast = day !== undefined && day.parcels !== null
        return (
          <td
            key={date}
            data-outside={day === undefined}
            data-closed={day !== undefined && day.closed !== null}
            aria-current={date === today ? 'date' : undefined}
          >
            {inForecast ? (
              <button
                type="button"
                className={styles.day}
                data-date={date}
                aria-pressed={date === chosen}
                tabIndex={date === chosen ? 0 : -1}
                onClick={() => onDay(date)}
              >
                <DayFace day={day} />
              </button>
            ) : (
              day && (
                <div className={styles.day}>
                  <DayFace day={day} />
                </div>
              )
            )}
          </td>
        )
      })}
    </tr>
  )
}

/** A month of parcels; arrows move from day to day, Enter or a click looks at one. */
export function DeliveryCalendar(props: CalendarProps) {
  const { t } = useTranslation('subscriptionInsights')
  const { t: words } = useTranslation('inspections')
  const { month, today, until, onMonth } = props
  const grid = useRef<HTMLTableElement>(null)
  const move = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    const from = event.target instanceof HTMLElement ? event.target.dataset['date'] : undefined
    if (step === undefined || from === undefined) return
    event.preventDefault()
    grid.current?.querySelector<HTMLElement>(`[data-date="${daysAfter(from, step)}"]`)?.focus()
  }
  const weekdays = words('calendar.weekdays', { returnObjects: true })
  return (
    <section className={`card ${styles.calendar}`} aria-label={t('calendar.title')}>
      <div className={styles.monthHead}>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={t('calendar.previous')}
          disabled={month <= today.slice(0, 7)}
          onClick={() => onMonth(monthAfter(month, -1))}
        >
          <IconChevronLeft size={17} aria-hidden="true" />
        </ActionIcon>
        <Title order={2} aria-live="polite">
          {monthWords(t, month)}
        </Title>
        <ActionIcon
          variant="default"
          size={30}
          aria-label={t('calendar.next')}
          disabled={month >= until.slice(0, 7)}
          onClick={() => onMonth(monthAfter(month, 1))}
        >
          <IconChevronRight size={17} aria-hidden="true" />
        </ActionIcon>
        <Text size="sm" c="dimmed">
          {t('calendar.legend', { until: formatPlainDate(until) })}
        </Text>
      </div>
      <table ref={grid} className={styles.grid} aria-label={monthWords(t, month)} onKeyDown={move}>
        <thead>
          <tr>
            {weekdays.map((weekday) => (
              <th key={weekday} scope="col">
                {weekday}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <Week key={week[0]} week={week} props={props} />
          ))}
        </tbody>
      </table>
    </section>
  )
}
