import { address } from './address'
import { auth } from './auth'
import { calls } from './calls'
import { checkout } from './checkout'
import { common } from './common'
import { customerImports } from './customer-imports'
import { customers } from './customers'
import { delivery } from './delivery'
import { diagnosis } from './diagnosis'
import { help } from './help'
import { home } from './home'
import { inspections } from './inspections'
import { keypadMonitor } from './keypad-monitor'
import { options } from './options'
import { orders } from './orders'
import { savedSearches } from './saved-searches'
import { settings } from './settings'

export const ja = {
  address,
  auth,
  calls,
  checkout,
  common,
  customerImports,
  customers,
  delivery,
  diagnosis,
  help,
  home,
  inspections,
  keypadMonitor,
  options,
  orders,
  savedSearches,
  settings,
}
