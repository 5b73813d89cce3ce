import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeypadDetail } from '../../../../contract/keypad-monitor'
import styles from './keypads.module.css'
import { RegisterDialog } from './register-dialog'
import { ResumeDialog } from './resume-dialog'
import { StopDialog } from './stop-dialog'

type Action = 'register' | 'change' | 'stop' | 'resume'

/** What an admin may do with a keypad as it stands. Tampering has no way back. */
function actionsOf({ state, stopReason }: KeypadDetail): readonly Action[] {
  switch (state) {
    case 'unregistered':
      return ['register', 'stop']
    case 'waiting':
    case 'in-use':
    case 'offline':
      return ['change', 'stop']
    case 'stopped':
      return stopReason === 'tampered' ? [] : ['resume']
    case 'tampered':
      return []
  }
}

/** 登録・設定変更・使用停止・使用再開, for admins. */
export function KeypadActions({ keypad }: { keypad: KeypadDetail }) {
  const { t } = useTranslation('keypadMonitor')
  const [asked, setAsked] = useState<Action | null>(null)
  const idFor = (...actions: Action[]) => (asked !== null && actions.includes(asked) ? keypad.id : null)
  const close = () => setAsked(null)
  return (
    <div className={styles.actions}>
      {actionsOf(keypad).map((action) => (
        <Button
          key={action}
          variant={action === 'register' || action === 'resume' ? 'filled' : 'default'}
          onClick={() => setAsked(action)}
        >
          {t(`act.${action}`)}
        </Button>
      ))}
      <RegisterDialog id={idFor('register', 'change')} moves={asked === 'change'} onClose={close} />
      <StopDialog id={idFor('stop')} onClose={close} />
      <ResumeDialog id={idFor('resume')} onClose={close} />
    </div>
  )
}
