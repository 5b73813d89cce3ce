import { Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlannedTurn } from '../../../../contract/subscription-form'
import type { SubscriptionDetail } from '../../../../contract/subscription-views'
import { client } from '../../lib/client'
import { formatDayOfYear } from '../../lib/format'
import { DateField } from '../../ui/date-field'
import { ChangeDialog } from './change-dialog'
import { ChangePreview } from './change-preview'
import { useSubscriptionChange } from './use-subscription-change'

export interface TurnDialogProps {
  readonly detail: SubscriptionDetail
  readonly turn: PlannedTurn
  readonly onClose: () => void
}

/** お休み: the turn is passed over, and what follows from it. */
export function SkipDialog({ detail, turn, onClose }: TurnDialogProps) {
  const { t } = useTranslation('subscriptionDesk')
  const date = formatDayOfYear(turn.deliverOn ?? turn.ruleDate)
  const { ruleIndex } = turn
  const change = useSubscriptionChange({
    detail,
    said: t('skip.done', { date }),
    onDone: onClose,
    undo: (base) => client.subscriptions.restore({ ...base, ruleIndex, what: 'skip' }),
  })
  return (
    <ChangeDialog
      title={t('skip.title', { date })}
      change={change}
      yes={t('skip.yes')}
      onYes={() => change.run((base) => client.subscriptions.skip({ ...base, ruleIndex }))}
      onClose={onClose}
    >
      <Text size="sm">{t('skip.words')}</Text>
      <ChangePreview detail={detail} change={{ kind: 'skip', ruleIndex }} />
    </ChangeDialog>
  )
}

/** 日を変更: this delivery alone moves; the rule stays. */
export function MoveDialog({ detail, turn, onClose }: TurnDialogProps) {
  const { t } = useTranslation('subscriptionDesk')
  const date = formatDayOfYear(turn.deliverOn ?? turn.ruleDate)
  const [to, setTo] = useState<string | null>(null)
  const { ruleIndex } = turn
  const wasMoved = turn.notes.some(({ kind }) => kind === 'moved')
  const change = useSubscriptionChange({
    detail,
    said: t('move.done', { from: date, to: to === null ? '' : formatDayOfYear(to) }),
    onDone: onClose,
    // One that was moved before would not go back to where it was, but to the date of its rule.
    undo: wasMoved ? undefined : (base) => client.subscriptions.restore({ ...base, ruleIndex, what: 'move' }),
  })
  return (
    <ChangeDialog
      title={t('move.title', { date })}
      change={change}
      yes={t('move.yes')}
      isReady={to !== null}
      onYes={() =>
        change.run((base) => client.subscriptions.move({ ...base, ruleIndex, to: to ?? turn.ruleDate }))
      }
      onClose={onClose}
    >
      <Text size="sm">{t('move.words')}</Text>
      <DateField label={t('move.to')} width={160} value={to} onChange={setTo} />
      <ChangePreview detail={detail} change={to === null ? null : { kind: 'move', ruleIndex, to }} />
    </ChangeDialog>
  )
}

/** 元に戻す: what was changed for one turn is taken back. */
export function RestoreDialog({
  detail,
  turn,
  what,
  onClose,
}: TurnDialogProps & { readonly what: 'skip' | 'move' | 'items' }) {
  const { t } = useTranslation('subscriptionDesk')
  const date = formatDayOfYear(turn.deliverOn ?? turn.ruleDate)
  const change = useSubscriptionChange({ detail, said: t('restore.done'), onDone: onClose })
  const { ruleIndex } = turn
  return (
    <ChangeDialog
      title={t('restore.title', { date })}
      size={480}
      change={change}
      yes={t('restore.yes')}
      onYes={() => change.run((base) => client.subscriptions.restore({ ...base, ruleIndex, what }))}
      onClose={onClose}
    >
      <Text size="sm">{t(`restore.words.${what}`)}</Text>
    </ChangeDialog>
  )
}
