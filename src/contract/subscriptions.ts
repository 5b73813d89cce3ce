import { z } from 'zod'
import { procedure } from './procedure'
import { CancelReason, ItemMode, PlannedTurn, SubscriptionForm, TurnTry } from './subscription-form'
import { SubscriptionSettings } from './subscription-settings'
import {
  PreviewedChange,
  SubscriptionDetail,
  SubscriptionDraftView,
  SubscriptionFilter,
  SubscriptionSummary,
  SubscriptionUpdate,
} from './subscription-views'
import { Id, page, PageInput, PlainDate, text, Version } from './values'

const invalid = {
  INVALID_FIELDS: {
    message: '入力内容を確認してください。',
    data: z.object({ fields: z.array(z.object({ path: z.string(), message: z.string() })) }),
  },
} as const
const notAllowed = {
  NOT_ALLOWED: { message: 'この変更はできません。', data: z.object({ why: z.string() }) },
} as const
const changing = {
  ...invalid,
  ...notAllowed,
  WRONG_STAGE: { message: 'この定期は、いまその操作ができる状態ではありません。' },
  PAST_DEADLINE: {
    message: '次回分の変更締め切りを過ぎています。権限のある方は、理由を入力して変更できます。',
  },
} as const

const draft = z.object({ checkoutId: Id, version: Version })
const drafting = {
  WRONG_STAGE: { message: 'この定期登録は、いまその操作ができる状態ではありません。' },
} as const

const kept = z.object({ version: Version, settings: SubscriptionSettings })
/** `override`: the reason for a change behind the deadline (permission `subscription.override`). */
const change = z.object({ id: Id, version: Version, override: text(200).default('') })
const RuleIndex = z.int().min(0).max(99_999)

/** 定期 */
export const subscriptions = {
  list: procedure('subscription.read')
    .input(
      PageInput.extend({
        filter: SubscriptionFilter,
        /** By the next delivery, or the newest contract first. */
        sort: z.enum(['next', 'newest']).default('next'),
      }),
    )
    .output(page(SubscriptionSummary)),
  /** Saves what the list shows. `unwritable`: characters that Shift_JIS has not. */
  exportCsv: procedure('customer.export')
    .input(
      z.object({
        filter: SubscriptionFilter,
        encoding: z.enum(['utf-8', 'shift_jis']).default('utf-8'),
      }),
    )
    .output(z.object({ saved: z.boolean(), rows: z.int(), unwritable: z.array(z.string()) })),
  get: procedure('subscription.read')
    .input(z.object({ id: Id }))
    .output(SubscriptionDetail),
  /** The next twelve deliveries of a form that is not saved yet, every shift explained, with what is tried of turns. */
  simulate: procedure('subscription.read')
    .input(z.object({ form: SubscriptionForm, tries: z.array(TurnTry).max(24).default([]) }))
    .output(z.array(PlannedTurn))
    .errors(invalid),
  /**
   * Opens the registration of a 定期 as a draft of the desk: the keypad popup (`keypad.enterCard`), 照会 and the release
   * of what is left behind work by its `checkoutId`.
   */
  openDraft: procedure('subscription.write')
    .input(z.object({ customerId: Id.nullable() }))
    .output(SubscriptionDraftView),
  getDraft: procedure('subscription.write')
    .input(z.object({ checkoutId: Id }))
    .output(SubscriptionDraftView),
  /** Keeps the form; every keystroke lands here, debounced. */
  saveDraft: procedure('subscription.write')
    .input(draft.extend({ form: SubscriptionForm }))
    .output(SubscriptionDraftView)
    .errors({
      ...drafting,
      OTHER_SEAT: { message: 'この下書きは別の席で作成されたため、この席では開けません。' },
    }),
  /**
   * 確認画面に進む: a card is authorized for the first turn when its order is due today, else checked without money;
   * never for a turn that comes later.
   */
  proceed: procedure('subscription.write')
    .input(draft)
    .output(SubscriptionDraftView)
    .errors({
      ...drafting,
      INVALID_FORM: {
        message: '入力内容を確認してください。',
        data: z.object({ fields: z.array(z.object({ path: z.string(), message: z.string() })) }),
      },
    }),
  /** 戻る: the form again, keeping the hold (used again for an unchanged form) or releasing it. */
  back: procedure('subscription.write')
    .input(draft.extend({ authorization: z.enum(['keep', 'void']).default('keep') }))
    .output(SubscriptionDraftView)
    .errors(drafting),
  /** 確定, with the `mark` of what was read. A repeat answers with the contract that the first call made. */
  confirm: procedure('subscription.write')
    .input(draft.extend({ mark: z.string().max(64) }))
    .output(SubscriptionDraftView)
    .errors(drafting),
  discard: procedure('subscription.write').input(draft).output(SubscriptionDraftView).errors(drafting),
  /** What would follow of a change, before it is saved: the next twelve deliveries. */
  preview: procedure('subscription.read')
    .input(z.object({ id: Id, change: PreviewedChange }))
    .output(z.array(PlannedTurn))
    .errors(changing),
  skip: procedure('subscription.write')
    .input(change.extend({ ruleIndex: RuleIndex }))
    .output(SubscriptionDetail)
    .errors(changing),
  /** Takes back a skip, a move or the items of one turn. */
  restore: procedure('subscription.write')
    .input(change.extend({ ruleIndex: RuleIndex, what: z.enum(['skip', 'move', 'items']) }))
    .output(SubscriptionDetail)
    .errors(changing),
  /** Moves one delivery by at most 14 days; the rule stays. */
  move: procedure('subscription.write')
    .input(change.extend({ ruleIndex: RuleIndex, to: PlainDate }))
    .output(SubscriptionDetail)
    .errors(changing),
  /** Other items for one turn (`ruleIndex`, one set) or for good (null). */
  changeItems: procedure('subscription.write')
    .input(
      change.extend({
        ruleIndex: RuleIndex.nullable(),
        itemMode: ItemMode,
        sets: SubscriptionForm.shape.sets,
      }),
    )
    .output(SubscriptionDetail)
    .errors(changing),
  /** Rule, address, slot, gift, prices, minimum, end, payment and card on file, note. */
  update: procedure('subscription.write')
    .input(change.extend({ fields: SubscriptionUpdate }))
    .output(SubscriptionDetail)
    .errors(changing),
  /**
   * Pays with another card of the customer's file from now on. A new one is keyed by `cards.begin` and `cards.register`
   * before; with `replacesCardId` all 定期 of the old card follow by themselves. `others`: so do they here.
   */
  useCard: procedure('subscription.write')
    .input(change.omit({ override: true }).extend({ cardId: Id, others: z.boolean().default(false) }))
    .output(SubscriptionDetail)
    .errors(changing),
  /** 停止: dates from `from` on and before `until` are passed over; null: until it is resumed. */
  pause: procedure('subscription.write')
    .input(change.extend({ from: PlainDate, until: PlainDate.nullable() }))
    .output(SubscriptionDetail)
    .errors(changing),
  /** 再開, from 停止 or 解約 as 設定 > 定期 allows, from 決済エラー停止 always; dates that have gone by are not caught up. */
  resume: procedure('subscription.write').input(change).output(SubscriptionDetail).errors(changing),
  /** 解約. `offered`: 引き留め was said; `belowMinimum`: the caller knows that turns are missing. */
  cancel: procedure('subscription.write')
    .input(
      change.extend({
        reason: CancelReason,
        note: text(500),
        offered: z.boolean(),
        belowMinimum: z.boolean(),
      }),
    )
    .output(SubscriptionDetail)
    .errors(changing),
  settings: procedure('settings.read').output(kept),
  saveSettings: procedure('settings.write').input(kept).output(kept).errors(invalid),
}
