import { implement } from '@orpc/server'
import { contactLog } from '../../../contract/contact-log'
import { sessionOf, type CallContext } from '../../platform/call-context'
import {
  addContact,
  listOf,
  mastersOf,
  moveEscalation,
  saveContact,
  saveMaster,
  viewOf,
  type ContactDeps,
} from './contact-log.service'

const os = implement(contactLog).$context<CallContext>()

export function contactLogRouter(deps: () => ContactDeps) {
  return os.router({
    list: os.list.handler(({ input, context }) =>
      listOf(deps(), { ...input, userId: sessionOf(context).userId }),
    ),
    get: os.get.handler(({ input }) => viewOf(deps(), input.id)),
    add: os.add.handler(({ input, context }) => addContact(deps(), input, sessionOf(context).userId)),
    save: os.save.handler(({ input }) => saveContact(deps(), input)),
    escalate: os.escalate.handler(({ input, context }) =>
      moveEscalation(deps(), { ...input, by: sessionOf(context).userId, to: { raise: input.reason } }),
    ),
    answer: os.answer.handler(({ input, context }) =>
      moveEscalation(deps(), { ...input, by: sessionOf(context).userId, to: { answer: input.answer } }),
    ),
    closeEscalation: os.closeEscalation.handler(({ input, context }) =>
      moveEscalation(deps(), { ...input, by: sessionOf(context).userId, to: 'close' }),
    ),
    masters: os.masters.handler(() => mastersOf(deps().database.db)),
    saveMaster: os.saveMaster.handler(({ input, context }) =>
      saveMaster(deps(), input, sessionOf(context).userId),
    ),
  })
}
