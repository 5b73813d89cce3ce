import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client'
import { formatTime } from '../../lib/format'
import styles from './calls.module.css'

const ASK_AGAIN_MS = 15_000

/** On the locked screen: that somebody rings, with all but the last two digits hidden. */
export function LockedCalls() {
  const { t } = useTranslation('calls')
  const calls = useQuery({ ...api.calls.behindLock.queryOptions(), refetchInterval: ASK_AGAIN_MS }).data ?? []
  const [oldest] = calls
  return (
    <div role="status">
      {oldest && (
        <div className={styles.locked} data-testid="locked-calls">
          <p>
            <b>
              {t(oldest.masked === '' ? 'locked.noNumber' : 'locked.number', {
                masked: oldest.masked,
                time: formatTime(oldest.rangAt),
              })}
            </b>{' '}
            {calls.length > 1 && t('locked.more', { count: calls.length - 1 })}
          </p>
          <p>{t('locked.lead')}</p>
        </div>
      )}
    </div>
  )
}
