import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlayerPause } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useDraft, useDraftState } from './draft/draft-context'
import styles from './page.module.css'
import { minutesAndSeconds, useNow } from './parts/use-now'

/** 保留: everything typed is kept, the keypad stays with this seat, and the desk is free for the next call. */
export function useHold(): () => void {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const [, navigate] = useLocation()
  return () => {
    if (draft.state().running) return
    void draft.hold(true).then(() => {
      if (draft.state().view.heldUntil === null) return
      notifications.show({ message: t('hold.done'), color: 'accent' })
      navigate('/')
    })
  }
}

/** While the order is on hold: how long the keypad still waits, and 保留を解除. */
export function HoldBanner() {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const { view } = useDraftState()
  const until = view.heldUntil
  const now = useNow(1000, until !== null)
  if (until === null || view.stage === 'completed' || view.stage === 'discarded') return null
  const left = until - now
  return (
    <p className={styles.banner} role="status">
      <IconPlayerPause size={18} aria-hidden />
      <span>{left > 0 ? t('hold.waiting', { time: minutesAndSeconds(left) }) : t('hold.over')}</span>
      {view.stage === 'editing' && (
        <Button size="compact-sm" variant="default" onClick={() => void draft.hold(false)}>
          {t('hold.end')}
        </Button>
      )}
    </p>
  )
}
