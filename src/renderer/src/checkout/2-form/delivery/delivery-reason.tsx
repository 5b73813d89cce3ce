import { useTranslation } from 'react-i18next'
import type { ClosedReason, DeliveryChoices, DeliveryStep } from '../../../../../contract/delivery'
import { formatPlainDate } from '../../../lib/format'
import styles from './delivery.module.css'

const HOUR_MINUTES = 60

/** 15:00 */
const clock = (minutes: number): string =>
  `${Math.floor(minutes / HOUR_MINUTES)}:${String(minutes % HOUR_MINUTES).padStart(2, '0')}`

/** Why the earliest delivery is when it is, in one line that can be told to the caller. */
export function DeliveryReason({ choices }: { choices: DeliveryChoices }) {
  const { t } = useTranslation('delivery')
  const closed = (reason: ClosedReason) => (reason.kind === 'weekday' ? t('why.weekday') : reason.name)
  const words = (step: DeliveryStep): string => {
    switch (step.kind) {
      case 'after-cut-off':
        return t('why.afterCutOff', { time: clock(step.cutOffMinutes) })
      case 'closed':
        return t('why.closed', {
          days: step.days.map((day) => `${formatPlainDate(day.date)} ${closed(day.reason)}`).join('、'),
        })
      case 'ship':
        return t('why.ship', { date: formatPlainDate(step.date) })
      case 'road':
        return step.prefecture === ''
          ? t('why.road', { days: step.days })
          : t('why.roadTo', { prefecture: step.prefecture, days: step.days })
      case 'remote':
        return t('why.remote', { name: step.name, days: step.days })
    }
  }
  return (
    <p className={styles.why}>
      <span>{t('why.title', { date: formatPlainDate(choices.earliest) })}</span>
      {choices.explanation.map((step) => (
        <span key={step.kind === 'closed' ? `closed${step.days[0]?.date ?? ''}` : step.kind}>
          {words(step)}
        </span>
      ))}
    </p>
  )
}
