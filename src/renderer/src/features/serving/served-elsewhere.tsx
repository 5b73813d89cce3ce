import { IconUsers } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ServingPlace } from '../../../../contract/serving'
import { formatTime } from '../../lib/format'
import styles from './serving.module.css'
import { useServing } from './use-serving'

interface ServedElsewhereProps {
  readonly customerId: string | null
  readonly place: ServingPlace
}

/** ○○さん(席)が対応中です: informs, and stands in the way of nothing. */
export function ServedElsewhere({ customerId, place }: ServedElsewhereProps) {
  const { t } = useTranslation('calls')
  const others = useServing(customerId, place)
  return (
    <div role="status" className={styles.box}>
      {others.map((one) => (
        <p key={`${one.seat} ${one.since}`} className={styles.note} data-testid="served-elsewhere">
          <IconUsers size={18} aria-hidden />
          {t(`serving.${one.place}`, {
            name: one.operatorName,
            seat: one.seat,
            time: formatTime(one.since),
          })}
        </p>
      ))}
    </div>
  )
}
