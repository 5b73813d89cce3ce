import { EMPTY_PLAN, type PlanDraft } from './plan-form'

/** What was typed last: going to a customer and back loses nothing. It belongs to the person who is signed in. */
let kept: PlanDraft = EMPTY_PLAN

export const planStore = {
  read: (): PlanDraft => kept,
  keep: (draft: PlanDraft): void => {
    kept = draft
  },
  clear: (): void => {
    kept = EMPTY_PLAN
  },
}
