import { VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useNow } from '../parts/use-now'
import styles from './popup.module.css'

const RADIUS = 42
const AROUND = 2 * Math.PI * RADIUS
/** Seconds left that are read aloud. */
const SPOKEN = new Set([30, 10])

/** Ring that empties until the deadline; the digits never move. */
export function Countdown({ deadline, timeoutMs }: { deadline: number | null; timeoutMs: number }) {
  const { t } = useTranslation('checkout')
  const now = useNow(250, deadline !== null)
  const leftMs = deadline === null ? 0 : Math.max(0, deadline - now)
  const seconds = Math.ceil(leftMs / 1000)
  const part = timeoutMs > 0 ? leftMs / timeoutMs : 0
  return (
    <div className={styles.countdown} data-urgent={(deadline !== null && seconds <= 10) || undefined}>
      <svg viewBox="0 0 100 100" aria-hidden className={styles.ring}>
        <circle cx="50" cy="50" r={RADIUS} className={styles.track} />
        <circle
          cx="50"
          cy="50"
          r={RADIUS}
          className={styles.rest}
          strokeDasharray={AROUND}
          strokeDashoffset={AROUND * (1 - part)}
        />
      </svg>
      <div className={styles.left} role="timer" aria-live="off">
        <span className={styles.leftLabel}>{t('popup.left')}</span>
        <span>
          <b>{deadline === null ? '--' : seconds}</b>
          <small>{t('popup.seconds')}</small>
        </span>
      </div>
      <VisuallyHidden aria-live="polite">
        {SPOKEN.has(seconds) && t('popup.leftSpoken', { seconds })}
      </VisuallyHidden>
    </div>
  )
}
