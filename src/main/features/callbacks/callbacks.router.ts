import { implement } from '@orpc/server'
import { callbacks } from '../../../contract/callbacks'
import { sessionOf, type CallContext } from '../../platform/call-context'
import type { ContactDeps } from '../contact-log/contact-log.service'
import { addCallback, changeCallback, mine, ofCustomer, people, reminders } from './callbacks.service'

const os = implement(callbacks).$context<CallContext>()
const userOf = (context: CallContext): string => sessionOf(context).userId

export function callbacksRouter(deps: () => ContactDeps) {
  return os.router({
    reminders: os.reminders.handler(({ context }) => reminders(deps(), userOf(context))),
    mine: os.mine.handler(({ context }) => mine(deps(), userOf(context))),
    ofCustomer: os.ofCustomer.handler(({ input }) => ofCustomer(deps(), input.customerId)),
    people: os.people.handler(() => people(deps().database.db)),
    add: os.add.handler(({ input, context }) => addCallback(deps(), input, userOf(context))),
    snooze: os.snooze.handler(({ input, context }) =>
      changeCallback(deps(), input, { kind: 'snooze', minutes: input.minutes }, userOf(context)),
    ),
    end: os.end.handler(({ input, context }) =>
      changeCallback(deps(), input, { kind: 'end', as: input.as }, userOf(context)),
    ),
    reopen: os.reopen.handler(({ input, context }) =>
      changeCallback(deps(), input, { kind: 'reopen' }, userOf(context)),
    ),
  })
}
