import { CSV_BOM, csvLine } from '../../platform/csv'
import { Refusal } from '../../platform/refusal'
import type { SaveFile } from '../../platform/save-file'
import type { InsightsDeps } from './keeper'
import { cohortsOf, kpisOf, look } from './subscription-insights.service'
import { productsNamed } from './subscription-insights.repository'
import { reasonWord } from './reason-words'

type Cells = readonly (string | number | null)[]
type Deps = InsightsDeps & { readonly saveFile: SaveFile }

async function ready(deps: Deps) {
  const { insights } = await look(deps)
  if (!insights) throw new Refusal('NOT_READY')
  return insights
}

/** Saves a table; `rows` is without its head. */
async function save({ saveFile }: Deps, name: string, head: Cells, lines: readonly Cells[]) {
  async function* chunks(): AsyncGenerator<string> {
    yield CSV_BOM + csvLine(head)
    for (const line of lines) yield csvLine(line)
  }
  const { saved } = await saveFile(name, chunks())
  return { saved, rows: saved ? lines.length : 0 }
}

/** A rate in percent with one decimal place. */
const percent = (rate: number | null): number | null => (rate === null ? null : Math.round(rate * 1000) / 10)

export async function saveForecast(deps: Deps) {
  const { forecast, today } = await ready(deps)
  const products = new Map((await productsNamed(deps.database.db)).map((row) => [row.id, row]))
  const lines = forecast.days().flatMap(([date, { goods }]) =>
    [...goods]
      .flatMap(([id, quantity]) => {
        const product = products.get(id)
        return product ? [[date, product.code, product.name, quantity] as const] : []
      })
      .toSorted(([, one], [, other]) => (one < other ? -1 : 1)),
  )
  return save(deps, `定期の出荷予測_${today}.csv`, ['出荷日', '商品コード', '商品名', '数量'], lines)
}

export async function saveKpis(deps: Deps, months: number) {
  const insights = await ready(deps)
  const lines = kpisOf(insights, months).months.map((one) => [
    one.month,
    one.atStart,
    one.started,
    one.cancelled,
    one.finished,
    one.atEnd,
    percent(one.churn),
    one.reasons.map(({ reason, count }) => `${reasonWord(reason)} ${count}`).join('、'),
  ])
  const head = ['月', '月初の継続', '新規', '解約', '満了', '月末の継続', '解約率(%)', '解約理由']
  return save(deps, `定期の指標_${insights.today}.csv`, head, lines)
}

export async function saveRetention(deps: Deps, months: number) {
  const insights = await ready(deps)
  const cohorts = cohortsOf(insights, months)
  const longest = Math.max(0, ...cohorts.map(({ left }) => left.length))
  const steps = Array.from({ length: longest }, (_, step) => step)
  const head = ['開始月', '開始した契約', ...steps.flatMap((step) => [`${step}か月目 件`, `${step}か月目 %`])]
  const lines = cohorts.map(({ month, started, left }) => [
    month,
    started,
    ...steps.flatMap((step) => {
      const still = left[step]
      return still === undefined ? [null, null] : [still, percent(still / started)]
    }),
  ])
  return save(deps, `定期の継続率_${insights.today}.csv`, head, lines)
}
