import { Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { WholeField } from '../../ui/whole-field'
import type { ContractDialogProps } from './contract-dialogs'
import styles from './subscriptions.module.css'
import { termsOf, UpdateDialog } from './update-dialog'

const inside = (value: number | null, from: number, to: number): boolean =>
  value === null || (value >= from && value <= to)

/** 回数・備考: minimum, end and note. */
export function TermsDialog({ detail, onClose }: ContractDialogProps) {
  const { t } = useTranslation('subscriptionDesk')
  const { t: words } = useTranslation('subscriptions')
  const { form } = detail
  const [minTurns, setMinTurns] = useState<number | null>(form.minTurns === 0 ? null : form.minTurns)
  const [lastTurn, setLastTurn] = useState<number | null>(form.lastTurn)
  const [note, setNote] = useState(form.note)
  const minFault = inside(minTurns, 0, 99) ? undefined : words('outOfRange', { from: 0, to: 99 })
  const lastFault = inside(lastTurn, 1, 999) ? undefined : words('outOfRange', { from: 1, to: 999 })
  const isRead = minFault === undefined && lastFault === undefined
  return (
    <UpdateDialog
      detail={detail}
      title={t('terms.title')}
      said={t('terms.done')}
      fields={isRead ? { ...termsOf(detail), minTurns: minTurns ?? 0, lastTurn, note: note.trim() } : null}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <Text size="sm">{t('terms.words', { count: detail.turnsDone })}</Text>
          <div className={styles.line}>
            <WholeField
              label={t('terms.minTurns')}
              width={140}
              unit={words('rule.turnUnit')}
              placeholder={t('terms.noMinimum')}
              value={minTurns}
              error={minFault ?? faultOf('minTurns')}
              onChange={setMinTurns}
            />
            <WholeField
              label={t('terms.lastTurn')}
              width={140}
              unit={words('rule.turnUnit')}
              placeholder={words('rule.lastTurnHint')}
              value={lastTurn}
              error={lastFault ?? faultOf('lastTurn')}
              onChange={setLastTurn}
            />
          </div>
          <Textarea
            label={t('terms.note')}
            rows={3}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        </>
      )}
    </UpdateDialog>
  )
}
