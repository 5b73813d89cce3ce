import { address } from './address'
import { auth } from './auth'
import { blacklist } from './blacklist'
import { callbacks } from './callbacks'
import { calls } from './calls'
import { charges } from './charges'
import { checkout } from './checkout'
import { common } from './common'
import { contactLog } from './contact-log'
import { csvImports } from './csv-imports'
import { customerAnonymise } from './customer-anonymise'
import { customerFile } from './customer-file'
import { customerImports } from './customer-imports'
import { customerMails } from './customer-mails'
import { customerMerge } from './customer-merge'
import { customers } from './customers'
import { delivery } from './delivery'
import { diagnosis } from './diagnosis'
import { help } from './help'
import { home } from './home'
import { identityCheck } from './identity-check'
import { inspections } from './inspections'
import { keypadMonitor } from './keypad-monitor'
import { offers } from './offers'
import { options } from './options'
import { orders } from './orders'
import { pinnedNotes } from './pinned-notes'
import { products } from './products'
import { savedSearches } from './saved-searches'
import { settings } from './settings'
import { subscriptionBulk } from './subscription-bulk'
import { subscriptionDesk } from './subscription-desk'
import { subscriptionImports } from './subscription-imports'
import { subscriptionInsights } from './subscription-insights'
import { subscriptionRuns } from './subscription-runs'
import { subscriptionRegistration } from './subscription-registration'
import { subscriptions } from './subscriptions'
import { versions } from './versions'

export const ja = {
  address,
  auth,
  blacklist,
  callbacks,
  calls,
  charges,
  checkout,
  common,
  contactLog,
  csvImports,
  customerAnonymise,
  customerFile,
  customerImports,
  customerMails,
  customerMerge,
  customers,
  delivery,
  diagnosis,
  help,
  home,
  identityCheck,
  inspections,
  keypadMonitor,
  offers,
  options,
  orders,
  pinnedNotes,
  products,
  savedSearches,
  settings,
  subscriptionBulk,
  subscriptionDesk,
  subscriptionImports,
  subscriptionInsights,
  subscriptionRuns,
  subscriptionRegistration,
  subscriptions,
  versions,
}
