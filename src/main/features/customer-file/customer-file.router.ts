import { implement } from '@orpc/server'
import { customerFile } from '../../../contract/customer-file'
import { sessionOf, type CallContext } from '../../platform/call-context'
import {
  addAddress,
  fileOf,
  ordersOf,
  paymentsOf,
  saveAddress,
  saveFile,
  setAddressRemoved,
  type FileDeps,
} from './customer-file.service'

const os = implement(customerFile).$context<CallContext>()

export function customerFileRouter(deps: () => FileDeps) {
  return os.router({
    get: os.get.handler(({ input }) => fileOf(deps(), input.customerId)),
    save: os.save.handler(({ input, context }) => saveFile(deps(), input, sessionOf(context).userId)),
    addAddress: os.addAddress.handler(({ input }) => addAddress(deps(), input.customerId, input.fields)),
    saveAddress: os.saveAddress.handler(({ input }) => saveAddress(deps(), input)),
    removeAddress: os.removeAddress.handler(({ input }) => setAddressRemoved(deps(), input)),
    orders: os.orders.handler(({ input }) => ordersOf(deps(), input)),
    payments: os.payments.handler(({ input }) => paymentsOf(deps(), input)),
  })
}
