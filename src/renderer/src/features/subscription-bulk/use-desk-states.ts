import { useTranslation } from 'react-i18next'
import type { BulkFilter } from '../../../../contract/subscription-bulk'

/** States of contracts in words, as 定期一覧 says them. */
export function useDeskStates(): (states: BulkFilter['states']) => string {
  const { t } = useTranslation('subscriptionDesk')
  return (states) => states.map((state) => t(`status.${state}`)).join('・')
}
