import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { FirstRunPage } from '../features/auth/first-run-page'
import { LockScreen } from '../features/auth/lock-screen'
import { SignInPage } from '../features/auth/sign-in-page'
import { api } from '../lib/client'
import { ErrorPanel } from '../ui/states'
import { Shell } from './shell'

/** Which door stands open: the wizard, the sign-in, the lock, or the desk. */
export function Entry() {
  const { t } = useTranslation('common')
  const info = useQuery(api.system.info.queryOptions())
  const session = useQuery(api.auth.session.queryOptions())
  if (info.isError || session.isError) {
    return (
      <main className="door">
        <ErrorPanel error={info.error ?? session.error} onRetry={() => window.location.reload()} />
      </main>
    )
  }
  if (info.data === undefined || session.data === undefined) return null
  const training = info.data.mode === 'training'
  return (
    <div className="frame">
      {training && (
        <div className="band" role="note">
          {t('training')}
        </div>
      )}
      {info.data.mode === null && <FirstRunPage />}
      {info.data.mode !== null && session.data === null && <SignInPage info={info.data} />}
      {session.data !== null && <Shell session={session.data} />}
      {session.data?.locked === true && <LockScreen session={session.data} />}
    </div>
  )
}
