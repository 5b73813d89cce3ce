import { implement } from '@orpc/server'
import { pinnedNotes } from '../../../contract/pinned-notes'
import { sessionOf, type CallContext } from '../../platform/call-context'
import type { ContactDeps } from '../contact-log/contact-log.service'
import { notesOf, pinNote, setPinned } from './pinned-notes.service'

const os = implement(pinnedNotes).$context<CallContext>()

export function pinnedNotesRouter(deps: () => ContactDeps) {
  return os.router({
    ofCustomer: os.ofCustomer.handler(({ input }) => notesOf(deps(), input.customerId)),
    pin: os.pin.handler(({ input, context }) => pinNote(deps(), input, sessionOf(context).userId)),
    set: os.set.handler(({ input, context }) => setPinned(deps(), input, sessionOf(context).userId)),
  })
}
