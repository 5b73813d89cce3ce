import { Anchor, Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { CallbackView } from '../../../../contract/callbacks'
import { formatPhone } from '../../../../contract/text'
import { formatDateTime } from '../../lib/format'
import { StatusChip, type Tone } from '../../ui/status-chip'
import styles from './callbacks.module.css'
import { useCallbackChange } from './use-callback-change'

const TONE: Readonly<Record<'open' | 'done' | 'cancelled', Tone>> = {
  open: 'wait',
  done: 'good',
  cancelled: 'quiet',
}

/** Callbacks in rows; `named` shows whose they are. */
export function CallbackList({ rows, named }: { rows: readonly CallbackView[]; named: boolean }) {
  const { t } = useTranslation('callbacks')
  const { end, isBusy } = useCallbackChange()
  return (
    <ul className={styles.list}>
      {rows.map((row) => (
        <li key={row.id} data-testid="callback">
          <span className={styles.when}>{formatDateTime(row.dueAt)}</span>
          <StatusChip tone={row.isOverdue ? 'bad' : TONE[row.status]}>
            {t(row.isOverdue ? 'state.overdue' : `state.${row.status}`)}
          </StatusChip>
          <span className={styles.what}>
            {named && (
              <Anchor
                component={Link}
                href={`/customers/${row.customerId}?tab=contacts`}
                size="sm"
                mr={8}
                underline="always"
              >
                {t('name', { name: row.customerName })}
              </Anchor>
            )}
            {row.reason}{' '}
            <span className={styles.who}>
              {formatPhone(row.phone)} {t('to', { name: row.assigneeName ?? t('anyone') })}
            </span>
          </span>
          {row.status === 'open' && (
            <>
              <Button
                size="compact-sm"
                variant="default"
                disabled={isBusy}
                aria-label={t('doneOf', { name: row.customerName })}
                onClick={() => end(row, 'done')}
              >
                {t('done')}
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                disabled={isBusy}
                aria-label={t('cancelOf', { name: row.customerName })}
                onClick={() => end(row, 'cancelled')}
              >
                {t('cancel')}
              </Button>
            </>
          )}
        </li>
      ))}
    </ul>
  )
}
