import { ActionIcon, Button, Skeleton, Text, Title } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client'
import { formatPlainDate } from '../../lib/format'
import { useFreshToday } from '../../lib/today'
import { ErrorPanel } from '../../ui/states'
import styles from './calendar.module.css'
import { monthAfter, weeksOf } from './month-days'
import type { InspectionViewState } from './use-inspection-filter'

const RECKONED = api.keypadInspections.key()

interface Day {
  readonly date: string
  readonly due: number
  readonly overdue: number
  readonly passed: number
  readonly failed: number
}

function DayCell({ day, onOpen }: { day: Day | undefined; onOpen: (date: string) => void }) {
  const { t } = useTranslation('inspections')
  if (!day) return null
  const label = t('calendar.open', { date: formatPlainDate(day.date) })
  return (
    <div className={styles.marks}>
      {day.overdue > 0 && (
        <button type="button" data-tone="bad" title={label} onClick={() => onOpen(day.date)}>
          {t('calendar.overdue', { count: day.overdue })}
        </button>
      )}
      {day.due > 0 && (
        <button type="button" data-tone="wait" title={label} onClick={() => onOpen(day.date)}>
          {t('calendar.due', { count: day.due })}
        </button>
      )}
      {day.passed > 0 && <span data-tone="good">{t('calendar.passed', { count: day.passed })}</span>}
      {day.failed > 0 && <span data-tone="bad">{t('calendar.failed', { count: day.failed })}</span>}
    </div>
  )
}

interface GridProps {
  readonly month: string
  readonly today: string
  readonly days: readonly Day[]
  readonly onOpen: (date: string) => void
}

function Grid({ month, today, days, onOpen }: GridProps) {
  const { t } = useTranslation('inspections')
  const byDate = new Map(days.map((day) => [day.date, day]))
  const weekdays = t('calendar.weekdays', { returnObjects: true })
  const [year = '', number = ''] = month.split('-')
  const name = t('calendar.month', { year, month: Number(number) })
  return (
    <table className={styles.grid} aria-label={t('calendar.label', { month: name })}>
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
          <tr key={week[0]}>
            {week.map((date) => (
              <td
                key={date}
                data-outside={!date.startsWith(month)}
                data-today={date === today}
                aria-current={date === today ? 'date' : undefined}
              >
                <time dateTime={date}>{Number(date.slice(8))}</time>
                {date.startsWith(month) && <DayCell day={byDate.get(date)} onOpen={onOpen} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** One month: what falls due on each day, and what was done. */
export function InspectionsCalendar({ state }: { state: InspectionViewState }) {
  const { t } = useTranslation('inspections')
  const thisMonth = useFreshToday(RECKONED).slice(0, 7)
  const month = state.month ?? thisMonth
  const shown = useQuery(
    api.keypadInspections.month.queryOptions({ input: { month }, placeholderData: keepPreviousData }),
  )
  const to = (months: number) => state.show({ month: monthAfter(month, months) })
  const [year = '', number = ''] = month.split('-')
  return (
    <section className={`card ${styles.calendar}`} aria-label={t('views.calendar')}>
      <div className={styles.head}>
        <ActionIcon variant="default" size={30} aria-label={t('calendar.previous')} onClick={() => to(-1)}>
          <IconChevronLeft size={17} aria-hidden="true" />
        </ActionIcon>
        <Title order={2} aria-live="polite">
          {t('calendar.month', { year, month: Number(number) })}
        </Title>
        <ActionIcon variant="default" size={30} aria-label={t('calendar.next')} onClick={() => to(1)}>
          <IconChevronRight size={17} aria-hidden="true" />
        </ActionIcon>
        <Button
          variant="default"
          size="compact-sm"
          disabled={month === thisMonth}
          onClick={() => state.show({ month: null })}
        >
          {t('calendar.today')}
        </Button>
        <Text size="sm" c="dimmed" role="status">
          {shown.data?.days.length === 0 ? t('calendar.empty') : t('calendar.legend')}
        </Text>
      </div>
      {shown.isError && <ErrorPanel error={shown.error} onRetry={() => void shown.refetch()} />}
      {shown.isPending && <Skeleton height={480} />}
      {shown.data && (
        <Grid month={month} today={shown.data.today} days={shown.data.days} onOpen={state.openDay} />
      )}
    </section>
  )
}
