import { Skeleton } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation, useSearch } from 'wouter'
import { Month, type DeliveryDay } from '../../../../contract/subscription-insights'
import { PlainDate } from '../../../../contract/values'
import { api, client } from '../../lib/client'
import { useFreshToday } from '../../lib/today'
import { ErrorPanel } from '../../ui/states'
import { CsvButton } from './csv-button'
import { DayGoods } from './day-goods'
import { DeliveryCalendar } from './delivery-calendar'
import { ForecastTable } from './forecast-table'
import { InsightsHead } from './insights-head'
import { figures } from './reckoned'
import styles from './subscription-insights.module.css'

const RECKONED = api.subscriptionInsights.key()

/** The month that is shown and the day that is looked at, kept in the address. */
function usePlace(today: string) {
  const [path, go] = useLocation()
  const asked = new URLSearchParams(useSearch())
  const month = Month.safeParse(asked.get('month'))
  const day = PlainDate.safeParse(asked.get('day'))
  const show = (shown: { month: Month; day: string | null }) => {
    const params = new URLSearchParams({ month: shown.month })
    if (shown.day !== null) params.set('day', shown.day)
    go(`${path}?${params.toString()}`, { replace: true })
  }
  return {
    month: month.success ? month.data : today.slice(0, 7),
    day: day.success ? day.data : null,
    show,
  }
}

/** The day that is looked at: the asked one, else the first on which something leaves. */
function dayOf(days: readonly DeliveryDay[], asked: string | null): DeliveryDay | undefined {
  return (
    days.find(({ date }) => date === asked) ??
    days.find(({ parcels }) => parcels !== null && parcels.ship > 0) ??
    days.find(({ parcels }) => parcels !== null)
  )
}

/** 定期注文マスター > お届け予定: parcels by day, and what the coming 90 days need. */
export function CalendarPage() {
  const { t } = useTranslation('subscriptionInsights')
  const today = useFreshToday(RECKONED)
  const place = usePlace(today)
  const days = useQuery({
    ...api.subscriptionInsights.calendar.queryOptions({
      input: { month: place.month },
      placeholderData: keepPreviousData,
    }),
    ...figures,
  })
  const needs = useQuery({
    ...api.subscriptionInsights.forecast.queryOptions(),
    ...figures,
  })
  const chosen = days.data && dayOf(days.data.days, place.day)
  const failed = days.isError ? days : needs.isError ? needs : null
  return (
    <div className="listPage">
      <InsightsHead title={t('calendar.title')} state={needs.data?.state}>
        <CsvButton
          disabled={needs.data === undefined || needs.data.state.reckonedAt === null}
          save={() => client.subscriptionInsights.forecastCsv()}
        />
      </InsightsHead>
      {failed && <ErrorPanel error={failed.error} onRetry={() => void failed.refetch()} />}
      <div className={styles.ahead}>
        {days.data ? (
          <DeliveryCalendar
            month={place.month}
            today={today}
            until={days.data.until}
            days={days.data.days}
            chosen={chosen?.date ?? null}
            onMonth={(month) => place.show({ month, day: null })}
            onDay={(day) => place.show({ month: place.month, day })}
          />
        ) : (
          !days.isError && <Skeleton height={480} aria-hidden="true" />
        )}
        <div className={styles.side}>
          {chosen && <DayGoods day={chosen} />}
          {needs.data && <ForecastTable forecast={needs.data} />}
        </div>
      </div>
    </div>
  )
}
