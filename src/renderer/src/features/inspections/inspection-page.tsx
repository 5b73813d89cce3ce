import { Alert, Button, Skeleton, Stack, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InspectedKeypad, InspectionRow } from '../../../../contract/keypad-inspections'
import { api } from '../../lib/client'
import { formatDate, formatPlainDate } from '../../lib/format'
import { BackLink } from '../../ui/back-link'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel } from '../../ui/states'
import { StatusChip } from '../../ui/status-chip'
import { Checklist } from './checklist'
import { ExportButton } from './export-dialog'
import { FindingDialog } from './finding-dialog'
import { InspectionChip } from './inspection-chip'
import { InspectionHistory } from './inspection-history'
import styles from './inspection.module.css'

function Facts({ keypad }: { keypad: InspectedKeypad }) {
  const { t } = useTranslation('inspections')
  return (
    <section className="card" aria-labelledby="keypad-facts">
      <Title order={2} mb={6} id="keypad-facts">
        {t('keypad.facts')}
      </Title>
      <dl className="facts">
        <dt>{t('keypad.serial')}</dt>
        <dd>{keypad.serial ?? t('unknown')}</dd>
        <dt>{t('keypad.model')}</dt>
        <dd>{keypad.model ?? t('unknown')}</dd>
        <dt>{t('keypad.shop')}</dt>
        <dd>{keypad.shop?.name ?? t('unknown')}</dd>
        <dt>{t('keypad.seat')}</dt>
        <dd>{keypad.seat ?? t('unknown')}</dd>
        <dt>{t('keypad.registered')}</dt>
        <dd>{keypad.registeredAt === null ? t('unknown') : formatDate(keypad.registeredAt)}</dd>
        {keypad.due && (
          <>
            <dt>{t('keypad.due')}</dt>
            <dd>{formatPlainDate(keypad.due.dueOn)}</dd>
          </>
        )}
      </dl>
    </section>
  )
}

function StateChip({ keypad }: { keypad: InspectedKeypad }) {
  const { t } = useTranslation('inspections')
  if (keypad.due) return <InspectionChip status={keypad.due.status} />
  const reason = keypad.stopReason === null ? '' : `(${t(`keypad.reason.${keypad.stopReason}`)})`
  return (
    <StatusChip tone={keypad.state === 'stopped' ? 'bad' : 'quiet'}>
      {`${t(`keypad.state.${keypad.state}`)}${reason}`}
    </StatusChip>
  )
}

/** One keypad: the register, the checklist to sign, and what was found before. */
export function InspectionPage({ keypadId }: { keypadId: string }) {
  const { t } = useTranslation('inspections')
  const keypad = useQuery(api.keypadInspections.keypad.queryOptions({ input: { keypadId } }))
  const session = useQuery(api.auth.session.queryOptions())
  const [finding, setFinding] = useState<InspectionRow | null>(null)
  const mayStop = session.data?.permissions.includes('keypad.manage') ?? false
  const { data } = keypad
  const isOpen = data?.due?.status === 'failed' && mayStop
  const newest = useQuery(
    api.keypadInspections.history.queryOptions({ input: { keypadId, limit: 1 }, enabled: isOpen }),
  ).data?.items[0]
  const signed = (inspection: InspectionRow) => {
    if (inspection.result === 'fail') setFinding(inspection)
    else notifications.show({ message: t('form.signed') })
  }
  return (
    <Stack className="pageBody" gap={14}>
      <div className={pageHead.head}>
        <BackLink list="/inspections">{t('keypad.back')}</BackLink>
        <Title order={1}>
          {t('keypad.opening')} {data?.serial}
        </Title>
        {data && <StateChip keypad={data} />}
        <div className={pageHead.rest} />
        {isOpen && newest && (
          <Button color="red.9" onClick={() => setFinding(newest)}>
            {t('finding.stop')}
          </Button>
        )}
        <ExportButton keypadId={keypadId} />
      </div>
      {keypad.isError && <ErrorPanel error={keypad.error} onRetry={() => void keypad.refetch()} />}
      {keypad.isPending && <Skeleton height={420} />}
      {data && (
        <div className={styles.columns}>
          {data.due ? (
            <Checklist keypad={data} signer={session.data?.name ?? ''} onSigned={signed} />
          ) : (
            <Alert color="gray" role="note" c="var(--mantine-color-text)">
              {t('keypad.notDue')}
            </Alert>
          )}
          <div className={styles.column}>
            <Facts keypad={data} />
            <InspectionHistory keypadId={keypadId} />
          </div>
        </div>
      )}
      <FindingDialog inspection={finding} mayStop={mayStop} onClose={() => setFinding(null)} />
    </Stack>
  )
}
