import { auth } from './auth'
import { checkout } from './checkout'
import { common } from './common'
import { customers } from './customers'
import { home } from './home'
import { keypadMonitor } from './keypad-monitor'
import { orders } from './orders'
import { settings } from './settings'

export const ja = { auth, checkout, common, customers, home, keypadMonitor, orders, settings }
