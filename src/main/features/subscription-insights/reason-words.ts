import { CancelReason } from '../../../contract/subscription-form'
import { CANCEL_REASON_WORDS } from '../../domain/subscriptions/cancel-reasons'

/** What is on record for a contract; older and foreign records may hold another word. */
export function reasonWord(reason: string): string {
  const known = CancelReason.safeParse(reason)
  if (known.success) return CANCEL_REASON_WORDS[known.data]
  return reason === 'none' ? '記録なし' : reason
}
