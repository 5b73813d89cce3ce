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
  const error = info.error ?? session.error
  if (error !== null && (info.data === undefined || session.data === undefined)) {
    return (
      <main className="door">
        <h1 className="visuallyHidden">{t('app')}</h1>
        <ErrorPanel error={error} onRetry={() => window.location.reload()} />
      </main>
    )
  }
  if (info.data === undefined || session.data === undefined) return null
  const { mode } = info.data
  return (
    <div className="frame">
      {mode === 'training' && (
        <section className="band" aria-label={t('trainingLabel')}>
          {t('training')}
        </section>
      )}
      {mode === null && <FirstRunPage />}
      {mode !== null && session.data === null && <SignInPage info={info.data} />}
      {session.data !== null && <Shell key={session.data.userId} session={session.data} />}
      {session.data?.locked === true && <LockScreen session={session.data} training={mode === 'training'} />}
    </div>
  )
}
