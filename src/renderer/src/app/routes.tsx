import { lazy, Suspense } from 'react'
import { Redirect, Route, Switch, useSearch } from 'wouter'
import { CustomerPage } from '../features/customers/customer-page'
import { CustomersPage } from '../features/customers/customers-page'
import { HomePage } from '../features/home/home-page'
import { KeypadPage } from '../features/keypad-monitor/keypad-page'
import { KeypadsPage } from '../features/keypad-monitor/keypads-page'
import { OrderPage } from '../features/orders/order-page'
import { OrdersPage } from '../features/orders/orders-page'
import { SettingsPage } from '../features/settings/settings-page'

const CheckoutPage = lazy(() =>
  import('../checkout/checkout-page').then((module) => ({ default: module.CheckoutPage })),
)

function NewCheckout() {
  const customerId = new URLSearchParams(useSearch()).get('customer')
  return <CheckoutPage checkoutId={null} customerId={customerId} />
}

/** All pages by their address. */
export function Routes() {
  return (
    <Suspense fallback={null}>
      <Switch>
        <Route path="/" component={HomePage} />
        <Route path="/checkout/new" component={NewCheckout} />
        <Route path="/checkout/:id">
          {({ id }) => <CheckoutPage key={id} checkoutId={id} customerId={null} />}
        </Route>
        <Route path="/orders" component={OrdersPage} />
        <Route path="/orders/:id">{({ id }) => <OrderPage id={id} />}</Route>
        <Route path="/customers" component={CustomersPage} />
        <Route path="/customers/:id">{({ id }) => <CustomerPage key={id} id={id} />}</Route>
        <Route path="/keypads" component={KeypadsPage} />
        <Route path="/keypads/:id">{({ id }) => <KeypadPage key={id} id={id} />}</Route>
        <Route path="/settings" component={SettingsPage} />
        <Route>
          <Redirect to="/" replace />
        </Route>
      </Switch>
    </Suspense>
  )
}
