import { IconUsers } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { ServingPlace } from '../../../../contract/serving'
import { formatTime } from '../../lib/format'
import styles from './serving.module.css'
import { useServing } from './use-serving'

interface ServedElsewhereProps {
  readonly customerId: string | null
  readonly place: ServingPlace
  /** One line within others; else a note of its own. */
  readonly isLine?: boolean
}

/** ○○さん(席)が対応中です: informs, and stands in the way of nothing. */
export function ServedElsewhere({ customerId, place, isLine = false }: ServedElsewhereProps) {
  const { t } = useTranslation('calls')
  const others = useServing(customerId, place)
  const words = others.map((one) =>
    t(`serving.${one.place}`, { name: one.operatorName, seat: one.seat, time: formatTime(one.since) }),
  )
  return (
    <div role="status" className={styles.box}>
      {words.length > 0 && (
        <p
          className={isLine ? styles.line : styles.note}
          title={words.join('\n')}
          data-testid="served-elsewhere"
        >
          <IconUsers size={16} aria-hidden />
          <span>
            {words[0]}
            {words.length > 1 && t('serving.more', { count: words.length - 1 })}
          </span>
        </p>
      )}
    </div>
  )
}
