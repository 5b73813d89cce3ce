import { lazy, Suspense } from 'react'
import { Redirect, Route, Switch, useSearch } from 'wouter'
import { BlacklistPage } from '../features/blacklist/blacklist-page'
import { ChargesPage } from '../features/charges/charges-page'
import { CallbacksPage } from '../features/callbacks/callbacks-page'
import { CallsPage } from '../features/calls/calls-page'
import { MailSettingsPage } from '../features/customer-mails/mail-settings-page'
import { MailsPage } from '../features/customer-mails/mails-page'
import { ImportPage } from '../features/customer-imports/import-page'
import { ImportsPage } from '../features/customer-imports/imports-page'
import { DuplicatesPage } from '../features/customer-merge/duplicates-page'
import { MergePage } from '../features/customer-merge/merge-page'
import { ContactSettingsPage } from '../features/contact-log/contact-settings'
import { ContactsPage } from '../features/contact-log/contacts-page'
import { CustomerPage } from '../features/customers/customer-page'
import { CustomersPage } from '../features/customers/customers-page'
import { HomePage } from '../features/home/home-page'
import { InspectionPage } from '../features/inspections/inspection-page'
import { InspectionsPage } from '../features/inspections/inspections-page'
import { NewOfferPage, OfferPage } from '../features/offers/offer-page'
import { OffersPage } from '../features/offers/offers-page'
import { OptionsPage } from '../features/options/options-page'
import { HelpPage } from '../features/help/help-page'
import { KeypadPage } from '../features/keypad-monitor/keypad-page'
import { KeypadsPage } from '../features/keypad-monitor/keypads-page'
import { OrderPage } from '../features/orders/order-page'
import { OrdersPage } from '../features/orders/orders-page'
import { ProductImportPage } from '../features/products/product-import-page'
import { NewProductPage, ProductPage } from '../features/products/product-page'
import { ProductsPage } from '../features/products/products-page'
import { SettingsPage } from '../features/settings/settings-page'
import { BulkDetailPage } from '../features/subscription-bulk/bulk-detail-page'
import { BulkListPage } from '../features/subscription-bulk/bulk-list-page'
import { NewBulkPage } from '../features/subscription-bulk/new-bulk-page'
import { SubscriptionImportPage } from '../features/subscription-imports/import-page'
import { SubscriptionImportsPage } from '../features/subscription-imports/imports-page'
import { CalendarPage } from '../features/subscription-insights/calendar-page'
import { KpiPage } from '../features/subscription-insights/kpi-page'
import { RetentionPage } from '../features/subscription-insights/retention-page'
import { AttentionPage } from '../features/subscription-runs/attention-page'
import { ExpiringCardsPage } from '../features/subscription-runs/cards-page'
import { DryRunPage } from '../features/subscription-runs/dry-run-page'
import { RunPage } from '../features/subscription-runs/run-page'
import { RunsPage } from '../features/subscription-runs/runs-page'
import { PlanPage } from '../features/subscriptions/plan-page'
import { SubscriptionPage } from '../features/subscriptions/subscription-page'
import { SubscriptionsPage } from '../features/subscriptions/subscriptions-page'
import { SubscriptionSettingsPage } from '../features/subscriptions/subscription-settings-page'

const CheckoutPage = lazy(() =>
  import('../checkout/checkout-page').then((module) => ({ default: module.CheckoutPage })),
)

/** One page for all orders, so that a new one and a change of tab need not build the frame again. */
function Checkout({ id }: { id: string }) {
  const asked = new URLSearchParams(useSearch())
  const [customerId, callId] = id === 'new' ? [asked.get('customer'), asked.get('call')] : [null, null]
  return <CheckoutPage checkoutId={id === 'new' ? null : id} customerId={customerId} callId={callId} />
}

function NewRegistration() {
  const asked = new URLSearchParams(useSearch())
  return (
    <CheckoutPage checkoutId={null} purpose="subscription" customerId={asked.get('customer')} callId={null} />
  )
}

/** All pages by their address. */
export function Routes() {
  return (
    <Suspense fallback={null}>
      <Switch>
        <Route path="/" component={HomePage} />
        <Route path="/checkout/:id">{({ id }) => <Checkout id={id} />}</Route>
        <Route path="/calls" component={CallsPage} />
        <Route path="/contacts" component={ContactsPage} />
        <Route path="/contacts/callbacks" component={CallbacksPage} />
        <Route path="/orders" component={OrdersPage} />
        <Route path="/orders/:id">{({ id }) => <OrderPage id={id} />}</Route>
        <Route path="/customers" component={CustomersPage} />
        <Route path="/customers/blacklist" component={BlacklistPage} />
        <Route path="/customers/import" component={ImportsPage} />
        <Route path="/customers/import/:id">{({ id }) => <ImportPage key={id} id={id} />}</Route>
        <Route path="/customers/duplicates" component={DuplicatesPage} />
        <Route path="/customers/:id/merge/:other">
          {({ id, other }) => <MergePage key={`${id} ${other}`} keptId={id} mergedId={other} />}
        </Route>
        <Route path="/customers/:id">{({ id }) => <CustomerPage key={id} id={id} />}</Route>
        <Route path="/products" component={ProductsPage} />
        <Route path="/products/new" component={NewProductPage} />
        <Route path="/products/import" component={ProductImportPage} />
        <Route path="/products/:id">{({ id }) => <ProductPage key={id} id={id} />}</Route>
        <Route path="/offers" component={OffersPage} />
        <Route path="/offers/new" component={NewOfferPage} />
        <Route path="/offers/:id">{({ id }) => <OfferPage key={id} id={id} />}</Route>
        <Route path="/subscriptions" component={SubscriptionsPage} />
        <Route path="/subscriptions/new" component={NewRegistration} />
        <Route path="/subscriptions/plan" component={PlanPage} />
        <Route path="/subscriptions/calendar" component={CalendarPage} />
        <Route path="/subscriptions/kpis" component={KpiPage} />
        <Route path="/subscriptions/retention" component={RetentionPage} />
        <Route path="/subscriptions/mails" component={MailsPage} />
        <Route path="/subscriptions/import" component={SubscriptionImportsPage} />
        <Route path="/subscriptions/import/:id">
          {({ id }) => <SubscriptionImportPage key={id} id={id} />}
        </Route>
        <Route path="/subscriptions/bulk" component={BulkListPage} />
        <Route path="/subscriptions/bulk/new" component={NewBulkPage} />
        <Route path="/subscriptions/bulk/:id">{({ id }) => <BulkDetailPage key={id} id={id} />}</Route>
        <Route path="/subscriptions/runs" component={RunsPage} />
        <Route path="/subscriptions/runs/new" component={DryRunPage} />
        <Route path="/subscriptions/runs/:id">{({ id }) => <RunPage key={id} id={id} />}</Route>
        <Route path="/subscriptions/attention" component={AttentionPage} />
        <Route path="/subscriptions/attention/cards" component={ExpiringCardsPage} />
        <Route path="/subscriptions/:id">{({ id }) => <SubscriptionPage key={id} id={id} />}</Route>
        <Route path="/inspections" component={InspectionsPage} />
        <Route path="/inspections/:id">{({ id }) => <InspectionPage key={id} keypadId={id} />}</Route>
        <Route path="/keypads" component={KeypadsPage} />
        <Route path="/keypads/:id">{({ id }) => <KeypadPage key={id} id={id} />}</Route>
        <Route path="/settings" component={SettingsPage} />
        <Route path="/settings/charges" component={ChargesPage} />
        <Route path="/settings/contacts" component={ContactSettingsPage} />
        <Route path="/settings/subscriptions" component={SubscriptionSettingsPage} />
        <Route path="/settings/mails" component={MailSettingsPage} />
        <Route path="/settings/options" component={OptionsPage} />
        <Route path="/help">
          <Redirect to="/help/codes" replace />
        </Route>
        <Route path="/help/codes">
          <HelpPage code={null} />
        </Route>
        <Route path="/help/codes/:code">{({ code }) => <HelpPage code={code} />}</Route>
        <Route>
          <Redirect to="/" replace />
        </Route>
      </Switch>
    </Suspense>
  )
}
