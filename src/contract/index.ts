import { auth } from './auth'
import { blacklist } from './blacklist'
import { calls } from './calls'
import { callbacks } from './callbacks'
import { cards } from './cards'
import { charges } from './charges'
import { checkout } from './checkout'
import { contactLog } from './contact-log'
import { customerAnonymise } from './customer-anonymise'
import { customerFile } from './customer-file'
import { customerImports } from './customer-imports'
import { customerMails } from './customer-mails'
import { customerMerge } from './customer-merge'
import { customers } from './customers'
import { delivery } from './delivery'
import { diagnosis } from './diagnosis'
import { home } from './home'
import { identityCheck } from './identity-check'
import { jobs } from './jobs'
import { keypad } from './keypad'
import { keypadInspections } from './keypad-inspections'
import { keypadMonitor } from './keypad-monitor'
import { offers } from './offers'
import { options } from './options'
import { orderTabs } from './order-tabs'
import { orders } from './orders'
import { postal } from './postal'
import { pinnedNotes } from './pinned-notes'
import { products } from './products'
import { savedSearches } from './saved-searches'
import { serving } from './serving'
import { settings } from './settings'
import { subscriptionBulk } from './subscription-bulk'
import { subscriptionImports } from './subscription-imports'
import { subscriptionInsights } from './subscription-insights'
import { subscriptionRuns } from './subscription-runs'
import { subscriptions } from './subscriptions'
import { system } from './system'

/** Everything that a screen may ask of main. */
export const contract = {
  auth,
  system,
  home,
  jobs,
  checkout,
  cards,
  calls,
  serving,
  orderTabs,
  keypad,
  keypadMonitor,
  keypadInspections,
  customers,
  blacklist,
  customerFile,
  customerImports,
  customerMerge,
  customerAnonymise,
  contactLog,
  callbacks,
  pinnedNotes,
  identityCheck,
  products,
  offers,
  subscriptions,
  charges,
  orders,
  savedSearches,
  settings,
  options,
  diagnosis,
  delivery,
  postal,
  subscriptionInsights,
  subscriptionRuns,
  customerMails,
  subscriptionImports,
  subscriptionBulk,
}
export type Contract = typeof contract
