import { useRef, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SubscriptionDetail, SubscriptionUpdate } from '../../../../contract/subscription-views'
import { client } from '../../lib/client'
import { useFieldFlow } from '../../lib/keyboard'
import { ChangeDialog } from './change-dialog'
import { PreviewPart } from './change-preview'
import styles from './subscriptions.module.css'
import { useChangePreview } from './use-change-preview'
import { useSubscriptionChange } from './use-subscription-change'

/** The terms of a contract as they stand: what a change begins with. */
export function termsOf({ form }: SubscriptionDetail): SubscriptionUpdate {
  const {
    customerId: _customer,
    sets: _sets,
    itemMode: _mode,
    startOn: _start,
    consent: _consent,
    ...terms
  } = form
  return terms
}

interface UpdateDialogProps {
  readonly detail: SubscriptionDetail
  readonly title: string
  readonly said: string
  /** The terms as they are wanted; null while something is missing. */
  readonly fields: SubscriptionUpdate | null
  readonly size?: number
  readonly isOpen?: boolean
  readonly onClose: () => void
  readonly children: (faultOf: (path: string) => string | undefined) => ReactNode
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Other terms of a contract: what is asked, the next deliveries as they would be, then 保存. */
export function UpdateDialog(props: UpdateDialogProps) {
  const { detail, title, said, fields, size = 760, isOpen = true, onClose, children } = props
  const { t } = useTranslation('subscriptionDesk')
  const before = termsOf(detail)
  const preview = useChangePreview(detail, fields === null ? null : { kind: 'update', fields })
  // Another rule begins anew: the dates before it, and what was asked for them, do not come back.
  const isFaithful = fields !== null && isSame(fields.rule, before.rule)
  const change = useSubscriptionChange({
    detail,
    said,
    onDone: onClose,
    undo: isFaithful ? (base) => client.subscriptions.update({ ...base, fields: before }) : undefined,
  })
  const form = useRef<HTMLDivElement>(null)
  useFieldFlow(form)
  return (
    <ChangeDialog
      title={title}
      size={size}
      isOpen={isOpen}
      change={change}
      yes={t('update.yes')}
      isReady={fields !== null && !isSame(fields, before)}
      onYes={() => fields !== null && change.run((base) => client.subscriptions.update({ ...base, fields }))}
      onClose={onClose}
    >
      <div ref={form} className={styles.dialogForm}>
        {children(preview.faultOf)}
      </div>
      <PreviewPart preview={preview} />
    </ChangeDialog>
  )
}
