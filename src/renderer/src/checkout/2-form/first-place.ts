import type { DraftState } from '../draft/state'
import type { FocusPlace } from '../parts/focus-plan'

/** Where work on the form begins: at what went wrong, else at the first thing that is missing. */
export function firstPlace({ failure, form }: DraftState): FocusPlace {
  if (failure) return 'failure'
  switch (form.customer.kind) {
    case 'none':
      return 'customer-search'
    case 'new':
      return 'customer-new'
    case 'existing':
      return form.lines.length === 0 && form.terms === undefined ? 'customer-picked' : 'product-search'
  }
}
