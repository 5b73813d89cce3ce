import { implement } from '@orpc/server'
import { identityCheck } from '../../../contract/identity-check'
import { sessionOf, type CallContext } from '../../platform/call-context'
import type { ContactDeps } from '../contact-log/contact-log.service'
import {
  endCall,
  identitySettings,
  identityState,
  recordCheck,
  saveIdentitySettings,
  type AtTelephone,
} from './identity-check.service'

const os = implement(identityCheck).$context<CallContext>()

const placeOf = (context: CallContext): AtTelephone => ({
  userId: sessionOf(context).userId,
  seat: context.seat.name,
})

export function identityCheckRouter(deps: () => ContactDeps) {
  return os.router({
    state: os.state.handler(({ input, context }) =>
      identityState(deps(), input.customerId, placeOf(context)),
    ),
    record: os.record.handler(({ input, context }) => recordCheck(deps(), input, placeOf(context))),
    end: os.end.handler(({ input, context }) => endCall(deps(), input.customerId, placeOf(context))),
    settings: os.settings.handler(() => identitySettings(deps())),
    saveSettings: os.saveSettings.handler(({ input, context }) =>
      saveIdentitySettings(deps(), input, sessionOf(context).userId),
    ),
  })
}
