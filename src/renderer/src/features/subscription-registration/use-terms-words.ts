import { useTranslation } from 'react-i18next'
import { CycleRule } from '../../../../contract/cycle-rule'
import { formatPlainDate } from '../../lib/format'
import { ruleOf } from '../subscriptions/plan-form'
import { ruleWords } from '../subscriptions/plan-words'
import type { Terms } from './terms'

/** The terms of a contract in one line, for the comparison of two versions. */
export function useTermsWords(): (terms: Terms) => string {
  const { t } = useTranslation('subscriptions')
  const { t: words } = useTranslation('subscriptionRegistration')
  return ({ rule, sets, startOn, minTurns, lastTurn, steps }) => {
    const read = CycleRule.safeParse(ruleOf(rule))
    const goods = sets
      .flat()
      .map(({ name, quantity }) => t('plan.item', { name, quantity }))
      .join('、')
    return [
      read.success ? ruleWords(t, read.data) : '',
      goods,
      startOn === null ? '' : formatPlainDate(startOn),
      minTurns === null ? '' : words('minTurnsWords', { count: minTurns }),
      lastTurn === null ? '' : words('lastTurnWords', { count: lastTurn }),
      steps.length === 0 ? '' : words('stepsWords', { count: steps.length }),
    ]
      .filter(Boolean)
      .join(' ')
  }
}
