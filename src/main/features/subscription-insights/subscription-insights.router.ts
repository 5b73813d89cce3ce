import { implement } from '@orpc/server'
import { subscriptionInsights } from '../../../contract/subscription-insights'
import type { CallContext } from '../../platform/call-context'
import type { SaveFile } from '../../platform/save-file'
import type { InsightsDeps } from './keeper'
import { saveForecast, saveKpis, saveRetention } from './subscription-insights.csv'
import { calendar, forecast, kpis, retention } from './subscription-insights.service'

const os = implement(subscriptionInsights).$context<CallContext>()

export function subscriptionInsightsRouter(deps: () => InsightsDeps & { readonly saveFile: SaveFile }) {
  return os.router({
    calendar: os.calendar.handler(({ input }) => calendar(deps(), input.month)),
    forecast: os.forecast.handler(() => forecast(deps())),
    kpis: os.kpis.handler(({ input }) => kpis(deps(), input.months)),
    retention: os.retention.handler(({ input }) => retention(deps(), input.months)),
    forecastCsv: os.forecastCsv.handler(() => saveForecast(deps())),
    kpisCsv: os.kpisCsv.handler(({ input }) => saveKpis(deps(), input.months)),
    retentionCsv: os.retentionCsv.handler(({ input }) => saveRetention(deps(), input.months)),
  })
}
