import { z } from 'zod'
import { CheckoutView } from './checkout'
import { procedure } from './procedure'
import { Id, Version } from './values'

const wrongStage = {
  WRONG_STAGE: { message: 'このカード登録は、いまその操作ができる状態ではありません。' },
} as const

/** Cards on file: registered and replaced by the keypad only. */
export const cards = {
  /** Opens the registration of a card for a customer; the keypad is then opened for this checkout. */
  begin: procedure('customer.write')
    .input(z.object({ customerId: Id, replacesCardId: Id.nullable() }))
    .output(CheckoutView),
  /**
   * Checks the keyed card at the service (amount 0, or 1 yen and its void, by what the service can) and puts it on
   * file; a card that it replaces is removed then, not before.
   */
  register: procedure('customer.write')
    .input(z.object({ checkoutId: Id, version: Version, cardId: Id }))
    .output(CheckoutView)
    .errors(wrongStage),
  /** Takes a card off the file. Orders that it has paid keep what they show of it. */
  remove: procedure('customer.write')
    .input(z.object({ cardId: Id }))
    .output(z.null()),
}
