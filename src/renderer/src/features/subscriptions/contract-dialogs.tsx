import { Alert, Checkbox, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CancelReason } from '../../../../contract/subscription-form'
import type { SubscriptionDetail } from '../../../../contract/subscription-views'
import { api, client } from '../../lib/client'
import { today, useToday } from '../../lib/today'
import { DateField } from '../../ui/date-field'
import { ChangeDialog } from './change-dialog'
import { ChangePreview } from './change-preview'
import styles from './subscriptions.module.css'
import { useSubscriptionChange } from './use-subscription-change'

export interface ContractDialogProps {
  readonly detail: SubscriptionDetail
  readonly onClose: () => void
}

/** Orders that stand already: neither 停止 nor 解約 takes them back. */
function OrderedNote({ detail }: { detail: SubscriptionDetail }) {
  const { t } = useTranslation('subscriptionDesk')
  const day = useToday()
  const orders = detail.past.flatMap(({ status, order, shipOn }) =>
    order !== null && (status === 'ordered' || status === 'authorized') && (shipOn ?? '') >= day
      ? [order.number]
      : [],
  )
  if (orders.length === 0) return null
  return (
    <Alert color="yellow" role="note" c="var(--mantine-color-text)">
      {t('change.ordered', { orders: orders.join('、') })}
    </Alert>
  )
}

/** 停止: dates are passed over until a day, or until it is resumed. */
export function PauseDialog({ detail, onClose }: ContractDialogProps) {
  const { t } = useTranslation('subscriptionDesk')
  const [from, setFrom] = useState<string | null>(today)
  const [until, setUntil] = useState<string | null>(null)
  const change = useSubscriptionChange({ detail, said: t('pause.done'), onDone: onClose })
  return (
    <ChangeDialog
      title={t('pause.title')}
      change={change}
      yes={t('pause.yes')}
      isReady={from !== null}
      onYes={() =>
        from !== null && change.run((base) => client.subscriptions.pause({ ...base, from, until }))
      }
      onClose={onClose}
    >
      <Text size="sm">{t('pause.words')}</Text>
      <OrderedNote detail={detail} />
      <div className={styles.line}>
        <DateField label={t('pause.from')} width={160} value={from} onChange={setFrom} />
        <DateField
          label={t('pause.until')}
          width={190}
          placeholder={t('pause.open')}
          value={until}
          onChange={setUntil}
        />
      </div>
      <ChangePreview detail={detail} change={from === null ? null : { kind: 'pause', from, until }} />
    </ChangeDialog>
  )
}

/** 再開: dates that have gone by are not caught up. */
export function ResumeDialog({ detail, onClose }: ContractDialogProps) {
  const { t } = useTranslation('subscriptionDesk')
  const isPlanned = detail.status === 'active'
  const said = t(isPlanned ? 'resume.lifted' : 'resume.done')
  const change = useSubscriptionChange({ detail, said, onDone: onClose })
  return (
    <ChangeDialog
      title={t(isPlanned ? 'resume.liftTitle' : 'resume.title')}
      change={change}
      yes={t(isPlanned ? 'resume.liftYes' : 'resume.yes')}
      onYes={() => change.run((base) => client.subscriptions.resume(base))}
      onClose={onClose}
    >
      <Text size="sm">{t(isPlanned ? 'resume.liftWords' : 'resume.words')}</Text>
      <ChangePreview detail={detail} change={{ kind: 'resume' }} />
    </ChangeDialog>
  )
}

function Reasons({
  reason,
  error,
  onChange,
}: {
  reason: CancelReason | null
  error: string | null
  onChange: (reason: CancelReason) => void
}) {
  const { t } = useTranslation('subscriptionDesk')
  const { t: words } = useTranslation('subscriptionInsights')
  return (
    <Radio.Group
      label={t('cancel.reason')}
      value={reason}
      error={error}
      onChange={(value) => onChange(CancelReason.parse(value))}
    >
      <div className={styles.reasons}>
        {CancelReason.options.map((value, at) => (
          <Radio
            key={value}
            value={value}
            label={words(`reasons.${value}`)}
            {...(at === 0 ? { 'data-autofocus': true } : {})}
          />
        ))}
      </div>
    </Radio.Group>
  )
}

/** 解約: why, what was offered instead, and what the minimum says. */
export function CancelDialog({ detail, onClose }: ContractDialogProps) {
  const { t } = useTranslation('subscriptionDesk')
  const [reason, setReason] = useState<CancelReason | null>(null)
  const [note, setNote] = useState('')
  const [offered, setOffered] = useState(false)
  const [belowMinimum, setBelowMinimum] = useState(false)
  const [asked, setAsked] = useState(false)
  const { can } = detail
  const session = useQuery(api.auth.session.queryOptions())
  const mayOverride = session.data?.permissions.includes('subscription.override') ?? false
  const missing = can.turnsUnderMinimum
  const isRefused = missing > 0 && can.underMinimum === 'refuse'
  const change = useSubscriptionChange({ detail, said: t('cancel.done'), onDone: onClose })
  return (
    <ChangeDialog
      title={t('cancel.title')}
      size={640}
      change={change}
      yes={t('cancel.yes')}
      isGrave
      isReady={isRefused ? mayOverride && change.override.trim() !== '' : missing === 0 || belowMinimum}
      onYes={() => {
        setAsked(true)
        if (reason === null) return
        change.run((base) =>
          client.subscriptions.cancel({ ...base, reason, note: note.trim(), offered, belowMinimum }),
        )
      }}
      onClose={onClose}
    >
      <OrderedNote detail={detail} />
      {missing > 0 && (
        <Alert color={isRefused ? 'red' : 'yellow'} role="note" c="var(--mantine-color-text)">
          {t(isRefused ? 'cancel.refused' : 'cancel.under', { count: missing, min: detail.minTurns })}
          {isRefused && <Text size="sm">{t(mayOverride ? 'cancel.mayOverride' : 'cancel.askOverride')}</Text>}
        </Alert>
      )}
      {can.retentionOffer !== '' && (
        <Alert color="accent" role="note" c="var(--mantine-color-text)" title={t('cancel.offer')}>
          {can.retentionOffer}
          <Checkbox
            mt={8}
            label={t('cancel.offered')}
            checked={offered}
            onChange={(event) => setOffered(event.currentTarget.checked)}
          />
        </Alert>
      )}
      <Stack gap="sm">
        <Reasons
          reason={reason}
          error={asked && reason === null ? t('cancel.noReason') : null}
          onChange={setReason}
        />
        <Textarea
          label={t('cancel.note')}
          rows={2}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {isRefused && mayOverride && (
          <TextInput
            label={t('cancel.overrideReason')}
            maxLength={200}
            value={change.override}
            onChange={(event) => change.setOverride(event.currentTarget.value)}
          />
        )}
        {missing > 0 && !isRefused && (
          <Checkbox
            label={t('cancel.belowMinimum')}
            checked={belowMinimum}
            onChange={(event) => setBelowMinimum(event.currentTarget.checked)}
          />
        )}
      </Stack>
    </ChangeDialog>
  )
}
