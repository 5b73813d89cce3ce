import { useTranslation } from 'react-i18next'
import { useDraft, useDraftState } from '../../checkout/draft/draft-context'
import { readTerms, type Terms } from './terms'

/** The terms of the contract that is being registered. Throws where an order is entered. */
export function useTerms() {
  const { t } = useTranslation('subscriptions')
  const draft = useDraft()
  const { form, view, faults } = useDraftState()
  const { terms } = form
  const { registration } = view
  if (!terms || !registration) throw new Error('useTerms outside of a registration')
  const kept = { ...terms, rule: registration.rule, sets: [[]], priceSteps: [], minTurns: 0 }
  const unread = new Set(readTerms(terms, kept).unread)
  return {
    terms,
    registration,
    isReadable: unread.size === 0,
    change: (part: Partial<Terms>) =>
      draft.edit((now) => (now.terms ? { ...now, terms: { ...now.terms, ...part } } : now)),
    /** What is wrong with a field, in words; prices and rule are named as main does. */
    faultOf: (path: string): string | undefined => {
      const field = path.replace(/^priceSteps/, 'steps').replace(/^rule\..*/, 'rule')
      const said = faults.find((fault) => fault.path === `terms.${field}`)?.message
      return said ?? (unread.has(field) ? t('required') : undefined)
    },
  }
}
