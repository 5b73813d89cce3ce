import { implement } from '@orpc/server'
import { customerAnonymise } from '../../../contract/customer-anonymise'
import { sessionOf, type CallContext } from '../../platform/call-context'
import { anonymise, previewAnonymise, type AnonymiseDeps } from './anonymise.service'

const os = implement(customerAnonymise).$context<CallContext>()

export function customerAnonymiseRouter(deps: () => AnonymiseDeps) {
  return os.router({
    preview: os.preview.handler(({ input }) => previewAnonymise(deps(), input.customerId)),
    anonymise: os.anonymise.handler(({ input, context }) =>
      anonymise(deps(), input, { userId: sessionOf(context).userId, seat: context.seat.name }),
    ),
  })
}
