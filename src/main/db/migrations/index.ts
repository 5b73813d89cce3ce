import type { Migration } from 'kysely'
import * as settings from './0010-settings'
import * as people from './0020-people'
import * as customers from './0030-customers'
import * as products from './0040-products'
import * as checkout from './0050-checkout'
import * as orders from './0060-orders'
import * as audit from './0070-audit'
import * as keypads from './0080-keypads'
import * as inspections from './0090-inspections'
import * as optionApplication from './0100-option-application'
import * as checkoutPurpose from './0110-checkout-purpose'
import * as customerFile from './0120-customer-file'
import * as customerSearch from './0130-customer-search'
import * as customerImport from './0160-customer-import'
import * as callsLeases from './0170-calls-leases'
import * as deliveryPostal from './0180-delivery-postal'
import * as orderShipments from './0200-order-shipments'
import * as contactLog from './0210-contact-log'
import * as productsOffers from './0230-products-offers'
import * as orderLegal from './0236-order-legal'
import * as subscriptions from './0240-subscriptions'
import * as customerMerge from './0250-customer-merge'
import * as blacklist from './0260-blacklist'
import * as discountsPlans from './0270-discounts-plans'
import * as subscriptionRuns from './0280-subscription-runs'
import * as subscriptionImports from './0300-subscription-imports'
import * as customerMails from './0310-customer-mails'
import * as subscriptionList from './0320-subscription-list'
import * as subscriptionRunSums from './0330-subscription-run-sums'
import * as subscriptionBulk from './0340-subscription-bulk'
import * as subscriptionDue from './0350-subscription-due'
import * as openPayments from './0360-open-payments'
import * as subscriptionMedium from './0370-subscription-medium'
import * as keypadUpdates from './0380-keypad-updates'
import * as bulkOwnTurns from './0390-bulk-own-turns'
import * as bulkSums from './0410-bulk-sums'

/** All migrations by name, in the order in which they run. A name is never changed once it has landed. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0010-settings': settings,
  '0020-people': people,
  '0030-customers': customers,
  '0040-products': products,
  '0050-checkout': checkout,
  '0060-orders': orders,
  '0070-audit': audit,
  '0080-keypads': keypads,
  '0090-inspections': inspections,
  '0100-option-application': optionApplication,
  '0110-checkout-purpose': checkoutPurpose,
  '0120-customer-file': customerFile,
  '0130-customer-search': customerSearch,
  '0160-customer-import': customerImport,
  '0170-calls-leases': callsLeases,
  '0180-delivery-postal': deliveryPostal,
  '0200-order-shipments': orderShipments,
  '0210-contact-log': contactLog,
  '0230-products-offers': productsOffers,
  '0236-order-legal': orderLegal,
  '0240-subscriptions': subscriptions,
  '0250-customer-merge': customerMerge,
  '0260-blacklist': blacklist,
  '0270-discounts-plans': discountsPlans,
  '0280-subscription-runs': subscriptionRuns,
  '0300-subscription-imports': subscriptionImports,
  '0310-customer-mails': customerMails,
  '0320-subscription-list': subscriptionList,
  '0330-subscription-run-sums': subscriptionRunSums,
  '0340-subscription-bulk': subscriptionBulk,
  '0350-subscription-due': subscriptionDue,
  '0360-open-payments': openPayments,
  '0370-subscription-medium': subscriptionMedium,
  '0380-keypad-updates': keypadUpdates,
  '0390-bulk-own-turns': bulkOwnTurns,
  '0410-bulk-sums': bulkSums,
}
