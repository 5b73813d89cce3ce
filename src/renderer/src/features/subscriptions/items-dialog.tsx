import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SubscriptionForm, type PlannedTurn } from '../../../../contract/subscription-form'
import type { SubscriptionDetail } from '../../../../contract/subscription-views'
import { client } from '../../lib/client'
import { formatDayOfYear } from '../../lib/format'
import { useFieldFlow } from '../../lib/keyboard'
import { ChangeDialog } from './change-dialog'
import { ItemsEditor, type ItemsDraft } from './items-part'
import styles from './subscriptions.module.css'
import { useSubscriptionChange } from './use-subscription-change'

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

/** 商品を変更, for one turn or for good. */
export function ItemsDialog({ detail, turn, onClose }: ItemsDialogProps) {
  const { t } = useTranslation('subscriptionDesk')
  const { t: words } = useTranslation('subscriptions')
  const [draft, setDraft] = useState<ItemsDraft>(() =>
    turn === null ? { itemMode: detail.form.itemMode, sets: detail.sets } : ofTurn(detail, turn),
  )
  const date = turn === null ? '' : formatDayOfYear(turn.deliverOn ?? turn.ruleDate)
  const title = turn === null ? t('items.titleForGood') : t('items.title', { date })
  const change = useSubscriptionChange({ detail, said: t('items.done'), onDone: onClose })
  const form = useRef<HTMLDivElement>(null)
  useFieldFlow(form)
  const sets = SubscriptionForm.shape.sets.safeParse(
    (draft.itemMode === 'fixed' ? draft.sets.slice(0, 1) : draft.sets).map((set) =>
      set.map(({ productId, quantity, unitPrice }) => ({ productId, quantity, unitPrice })),
    ),
  )
  const paths = new Set(sets.success ? [] : sets.error.issues.map(({ path }) => ['sets', ...path].join('.')))
  return (
    <ChangeDialog
      title={title}
      change={change}
      yes={t('items.yes')}
      isReady={sets.success && sets.data.every((set) => set.length > 0)}
      onYes={() =>
        sets.success &&
        change.run((base) =>
          client.subscriptions.changeItems({
            ...base,
            ruleIndex: turn?.ruleIndex ?? null,
            itemMode: draft.itemMode,
            sets: sets.data,
          }),
        )
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
    </ChangeDialog>
  )
}
