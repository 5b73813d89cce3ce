import { implement } from '@orpc/server'
import { cards } from '../../../contract/cards'
import { beginCardOnFile, registerCard, removeCard } from '../../checkout/card-on-file'
import type { CheckoutDeps } from '../../checkout/deps'
import type { CallContext } from '../../platform/call-context'
import { actorOf } from '../../checkout/actor'

const os = implement(cards).$context<CallContext>()

export function cardsRouter(deps: () => CheckoutDeps) {
  return os.router({
    begin: os.begin.handler(({ input, context }) => beginCardOnFile(deps(), actorOf(context), input)),
    register: os.register.handler(({ input, context }) => registerCard(deps(), actorOf(context), input)),
    remove: os.remove.handler(async ({ input }) => {
      await removeCard(deps(), input.cardId)
      return null
    }),
  })
}
