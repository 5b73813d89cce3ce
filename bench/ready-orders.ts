import type { OrderToMake } from '../src/main/checkout/4-order'
import { checkBlacklist } from '../src/main/checkout/blacklist-check'
import { loadCheckout, currentPayment, readForm } from '../src/main/checkout/drafts'
import { checkForm } from '../src/main/checkout/form-check'
import { quoteOf } from '../src/main/checkout/pricing'
import { readBackOf } from '../src/main/checkout/read-back'
import { openCheckout, proceed, saveCheckout } from '../src/main/checkout/checkout.service'
import { filledForm, type World } from '../tests/support/checkout-world'

/** Orders whose next step is the commit: keyed, authorized and read back. */
export async function readyOrders(world: World, rounds: number): Promise<OrderToMake[]> {
  const orders: OrderToMake[] = []
  for (let round = 0; round < rounds; round++) {
    const opened = await openCheckout(world.deps, world.actor)
    const form = await filledForm(world, opened.checkoutId)
    const saved = await saveCheckout(world.deps, opened.checkoutId, opened.version, form)
    await proceed(world.deps, world.actor, opened.checkoutId, saved.version)
    const row = await loadCheckout(world.deps, opened.checkoutId)
    const quote = await quoteOf(world.deps, readForm(world.deps, row), row)
    const checked = await checkForm(world.deps, row, readForm(world.deps, row), quote)
    if (!('ok' in checked)) throw new Error('form')
    const payment = await currentPayment(world.deps, row.id)
    const readBack = readBackOf(checked.ok, quote)
    const listed = await checkBlacklist(world.deps, checked.ok)
    orders.push({ row, form: checked.ok, quote, readBack, payment, listed, actor: world.actor })
  }
  return orders
}
