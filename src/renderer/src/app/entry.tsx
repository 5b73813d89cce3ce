import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { FirstRunPage } from '../features/auth/first-run-page'
import { LockScreen } from '../features/auth/lock-screen'
import { SignInPage } from '../features/auth/sign-in-page'
import { api } from '../lib/client'
import { ErrorPanel } from '../ui/states'

/** The desk comes after the door: the sign-in screen is drawn before the desk's code is even read. */
const loadShell = () => import('./shell')
const Shell = lazy(() => loadShell().then((module) => ({ default: module.Shell })))

/** Which door stands open: the wizard, the sign-in, the lock, or the desk. */
export function Entry() {
  const { t } = useTranslation('common')
  const info = useQuery(api.system.info.queryOptions())
  const session = useQuery(api.auth.session.queryOptions())
  const error = info.error ?? session.error
  const isDoor = session.data === null
  useEffect(() => {
    if (isDoor) void loadShell()
  }, [isDoor])
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
      <Suspense fallback={null}>
        {session.data !== null && <Shell key={session.data.userId} session={session.data} />}
      </Suspense>
      {session.data?.locked === true && <LockScreen session={session.data} training={mode === 'training'} />}
    </div>
  )
}
