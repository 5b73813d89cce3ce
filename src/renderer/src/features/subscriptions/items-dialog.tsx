import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SubscriptionForm, type PlannedTurn } from '../../../../contract/subscription-form'
import type { SubscriptionDetail } from '../../../../contract/subscription-views'
import { client } from '../../lib/client'
import { formatDayOfYear } from '../../lib/format'
import { useFieldFlow } from '../../lib/keyboard'
import { ChangeDialog } from './change-dialog'
import { ChangePreview } from './change-preview'
import { ItemsEditor, type ItemsDraft } from './items-part'
import styles from './subscriptions.module.css'
import { useSubscriptionChange, type ChangeBase } from './use-subscription-change'

interface ItemsDialogProps {
  readonly detail: SubscriptionDetail
  /** Null: for good. */
  readonly turn: PlannedTurn | null
  readonly onClose: () => void
}

/** The goods of one turn as they are planned, with the agreed prices of the contract where it has them. */
function ofTurn(detail: SubscriptionDetail, turn: PlannedTurn): ItemsDraft {
  const known = new Map(detail.sets.flat().map((item) => [item.productId, item]))
  return {
    itemMode: 'fixed',
    sets: [
      turn.items.map(({ productId, name, quantity }) => ({
        productId,
        code: known.get(productId)?.code ?? '',
        name,
        quantity,
        unitPrice: known.get(productId)?.unitPrice ?? null,
      })),
    ],
  }
}

/** Goods that were changed for one turn before would not come back as they were. */
function undoOf({ form: { itemMode, sets } }: SubscriptionDetail, turn: PlannedTurn | null) {
  if (turn === null)
    return (base: ChangeBase) =>
      client.subscriptions.changeItems({ ...base, ruleIndex: null, itemMode, sets })
  const { ruleIndex, ownItems } = turn
  return ownItems
    ? undefined
    : (base: ChangeBase) => client.subscriptions.restore({ ...base, ruleIndex, what: 'items' })
}

/** 商品を変更, for one turn or for good. */
export function ItemsDialog({ detail, turn, onClose }: ItemsDialogProps) {
  const { t } = useTranslation('subscriptionDesk')
  const { t: words } = useTranslation('subscriptions')
  const [draft, setDraft] = useState<ItemsDraft>(() =>
    turn === null ? { itemMode: detail.form.itemMode, sets: detail.sets } : ofTurn(detail, turn),
  )
  const date = turn === null ? '' : formatDayOfYear(turn.deliverOn ?? turn.ruleDate)
  const title = turn === null ? t('items.titleForGood') : t('items.title', { date })
  const ruleIndex = turn?.ruleIndex ?? null
  const change = useSubscriptionChange({
    detail,
    said: t('items.done'),
    onDone: onClose,
    undo: undoOf(detail, turn),
  })
  const form = useRef<HTMLDivElement>(null)
  useFieldFlow(form)
  const sets = SubscriptionForm.shape.sets.safeParse(
    (draft.itemMode === 'fixed' ? draft.sets.slice(0, 1) : draft.sets).map((set) =>
      set.map(({ productId, quantity, unitPrice }) => ({ productId, quantity, unitPrice })),
    ),
  )
  const paths = new Set(sets.success ? [] : sets.error.issues.map(({ path }) => ['sets', ...path].join('.')))
  const isReady = sets.success && sets.data.every((set) => set.length > 0)
  const wanted = isReady ? { ruleIndex, itemMode: draft.itemMode, sets: sets.data } : null
  return (
    <ChangeDialog
      title={title}
      change={change}
      yes={t('items.yes')}
      isReady={isReady}
      onYes={() =>
        wanted !== null && change.run((base) => client.subscriptions.changeItems({ ...base, ...wanted }))
      }
      onClose={onClose}
    >
      <div ref={form} className={styles.dialogForm}>
        <ItemsEditor
          draft={draft}
          isSingle={turn !== null}
          faultOf={(path) => (paths.has(path) ? words('required') : undefined)}
          change={(part) => setDraft({ ...draft, ...part })}
        />
      </div>
      <ChangePreview detail={detail} change={wanted === null ? null : { kind: 'items', ...wanted }} />
    </ChangeDialog>
  )
}
