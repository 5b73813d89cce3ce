import { Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Cohort } from '../../../../contract/subscription-insights'
import { monthWords, percentWords } from './insight-words'
import { averageCurve } from './retention-curve'
import styles from './subscription-insights.module.css'

/** Units of the drawing; it is scaled to the room that it gets. */
const BOX = { width: 400, height: 330, left: 44, right: 14, top: 12, bottom: 40 }
const LEVELS = [0, 0.25, 0.5, 0.75, 1] as const

interface ChartProps {
  readonly cohorts: readonly Cohort[]
  readonly chosen: Cohort | null
}

/** Months since the start from left to right, the part that goes on from 0 to 100 % upwards. */
function scaleOf(steps: number) {
  const { width, height, left, right, top, bottom } = BOX
  const x = (step: number) => left + ((width - left - right) * step) / Math.max(1, steps - 1)
  const y = (rate: number) => top + (height - top - bottom) * (1 - rate)
  return {
    x,
    y,
    line: (rates: readonly number[]) =>
      rates.map((rate, step) => `${x(step).toFixed(1)},${y(rate).toFixed(1)}`).join(' '),
  }
}

function Axes({ steps, scale }: { steps: number; scale: ReturnType<typeof scaleOf> }) {
  const { t } = useTranslation('subscriptionInsights')
  const every = steps > 16 ? 6 : steps > 8 ? 2 : 1
  const shown = Array.from({ length: steps }, (_, step) => step).filter((step) => step % every === 0)
  return (
    <g className={styles.axes}>
      {LEVELS.map((level) => (
        <g key={level}>
          <line x1={BOX.left} x2={BOX.width - BOX.right} y1={scale.y(level)} y2={scale.y(level)} />
          <text x={BOX.left - 6} y={scale.y(level) + 4} textAnchor="end">
            {level * 100}%
          </text>
        </g>
      ))}
      {shown.map((step) => (
        <text key={step} x={scale.x(step)} y={BOX.height - BOX.bottom + 16} textAnchor="middle">
          {step}
        </text>
      ))}
      <text x={(BOX.left + BOX.width) / 2} y={BOX.height - 4} textAnchor="middle">
        {t('retention.axis')}
      </text>
    </g>
  )
}

/** The curves: one thin line a month of start, all together in dashes, the chosen one with its points. */
export function RetentionChart({ cohorts, chosen }: ChartProps) {
  const { t } = useTranslation('subscriptionInsights')
  const average = averageCurve(cohorts)
  const scale = scaleOf(average.length)
  const rates = ({ started, left }: Cohort) => left.map((still) => still / started)
  const last = average.at(-1) ?? null
  return (
    <section className={`card ${styles.curves}`} aria-labelledby="retention-chart">
      <Title order={2} id="retention-chart">
        {t('retention.chart')}
      </Title>
      <svg
        viewBox={`0 0 ${BOX.width} ${BOX.height}`}
        role="img"
        aria-label={t('retention.chartLabel', {
          count: average.length - 1,
          rate: percentWords(last),
        })}
      >
        <Axes steps={average.length} scale={scale} />
        {cohorts.map((cohort) => (
          <polyline key={cohort.month} className={styles.thin} points={scale.line(rates(cohort))}>
            <title>{monthWords(t, cohort.month)}</title>
          </polyline>
        ))}
        <polyline className={styles.average} points={scale.line(average)} />
        {chosen && <polyline className={styles.chosen} points={scale.line(rates(chosen))} />}
        {chosen &&
          rates(chosen).map((rate, step) => (
            // eslint-disable-next-line react/no-array-index-key -- a point is named by its month alone
            <circle key={step} className={styles.point} cx={scale.x(step)} cy={scale.y(rate)} r={3.5} />
          ))}
      </svg>
      <ul className={styles.legend}>
        <li data-line="average">{t('retention.average')}</li>
        <li data-line="thin">{t('retention.each')}</li>
        {chosen && <li data-line="chosen">{monthWords(t, chosen.month)}</li>}
      </ul>
    </section>
  )
}
