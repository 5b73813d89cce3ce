import { Alert, Button, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { KeypadDetail } from '../../../../contract/keypad-monitor'
import { api } from '../../lib/client'
import { BackLink } from '../../ui/back-link'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel } from '../../ui/states'
import { useBackKey } from '../../ui/use-back-key'
import { KeypadBadge, UpdateBadge } from './chips'
import { KeypadActions } from './keypad-actions'
import { KeypadEvents } from './keypad-events'
import { KeypadFacts } from './keypad-facts'
import { KeypadNetwork } from './keypad-network'
import { KeypadPayments } from './keypad-payments'
import { KeypadUpdate } from './keypad-update'
import styles from './keypads.module.css'

/** What stands in the way of keying a card here, in order of weight. */
function useNotices({ state, stopReason, p2pe }: KeypadDetail, manages: boolean): string[] {
  const { t } = useTranslation('keypadMonitor')
  const notices: string[] = []
  if (state === 'tampered' || stopReason === 'tampered') notices.push(t('notice.tampered'))
  else if (state === 'stopped')
    notices.push(
      t('notice.stopped', { reason: stopReason === null ? t('unknown') : t(`reason.${stopReason}`) }),
    )
  else if (state === 'unregistered')
    notices.push(t('notice.unregistered') + (manages ? '' : t('notice.unregisteredAsk')))
  if (p2pe === 'exhausted' || p2pe === 'running-low' || p2pe === 'not-encrypting')
    notices.push(t(`notice.${p2pe}`))
  return notices
}

/** True where the keypad must not be used at all. */
const isGrave = ({ state, p2pe }: KeypadDetail): boolean =>
  state === 'stopped' || state === 'tampered' || p2pe === 'exhausted' || p2pe === 'not-encrypting'

function Notices({ keypad, manages }: { keypad: KeypadDetail; manages: boolean }) {
  const notices = useNotices(keypad, manages)
  if (notices.length === 0) return null
  return (
    <Alert color={isGrave(keypad) ? 'red' : 'yellow'} py={8} c="var(--mantine-color-text)">
      {notices.map((notice) => (
        <Text key={notice} size="sm">
          {notice}
        </Text>
      ))}
    </Alert>
  )
}

function Waiting() {
  return (
    <div className={styles.columns} aria-hidden="true">
      <div className={styles.column}>
        <Skeleton height={390} />
        <Skeleton height={300} />
      </div>
      <div className={styles.column}>
        <Skeleton height={300} />
        <Skeleton height={390} />
      </div>
    </div>
  )
}

/** テンキー詳細: what the keypad is, how it is connected, what was paid through it and what happened to it. */
export function KeypadPage({ id }: { id: string }) {
  const { t } = useTranslation('keypadMonitor')
  const keypad = useQuery(api.keypadMonitor.get.queryOptions({ input: { id } }))
  const session = useQuery(api.auth.session.queryOptions())
  const manages = session.data?.permissions.includes('keypad.manage') ?? false
  const inspects = session.data?.permissions.includes('keypad.inspect') ?? false
  useBackKey('/keypads')
  const { data } = keypad
  return (
    <Stack className="pageBody" gap={14}>
      <div className={pageHead.head}>
        <BackLink list="/keypads">{t('detail.back')}</BackLink>
        <Title order={1}>
          {data ? t('detail.title', { serial: data.serial ?? t('detail.noSerial') }) : t('detail.opening')}
        </Title>
        {data && (
          <>
            <KeypadBadge state={data.state} />
            {data.update && <UpdateBadge state={data.update.state} />}
            <div className={pageHead.rest} />
            {manages && <KeypadActions keypad={data} />}
            {inspects && data.registeredAt !== null && data.stopReason === null && (
              <Button component={Link} href={`/inspections/${data.id}`} variant="default">
                {t('inspection')}
              </Button>
            )}
          </>
        )}
      </div>
      {keypad.isError && <ErrorPanel error={keypad.error} onRetry={() => void keypad.refetch()} />}
      {keypad.isPending && <Waiting />}
      {data && (
        <>
          <Notices keypad={data} manages={manages} />
          <div className={styles.columns}>
            <div className={styles.column}>
              <KeypadFacts keypad={data} />
              <KeypadUpdate keypad={data} manages={manages} />
              <KeypadNetwork keypad={data} />
            </div>
            <div className={styles.column}>
              <KeypadPayments payments={data.payments} serial={data.serial} shopId={data.shop?.id ?? null} />
              <KeypadEvents id={data.id} />
            </div>
          </div>
        </>
      )}
    </Stack>
  )
}
