import { z } from 'zod'

/** 管理者 runs the shop and its settings; スタッフ takes calls and works lists. */
export const Role = z.enum(['admin', 'staff'])
export type Role = z.infer<typeof Role>

/** What a signed-in person may do. Checked in main for every call; the screens only mirror it. */
export const Permission = z.enum([
  'home.read',
  'checkout.use',
  'keypad.use',
  'keypad.read',
  'keypad.manage',
  'keypad.inspect',
  'option.apply',
  'payment.inquire',
  'payment.void',
  'order.read',
  'order.write',
  'customer.read',
  'customer.write',
  'customer.export',
  'customer.import',
  'customer.merge',
  'customer.anonymise',
  'blacklist.manage',
  'contact.use',
  'contact.supervise',
  'call.use',
  'order.release',
  'discount.use',
  'product.read',
  'product.write',
  'subscription.read',
  'subscription.write',
  'subscription.override',
  'subscription.run',
  'subscription.bulk',
  'settings.read',
  'settings.write',
])
export type Permission = z.infer<typeof Permission>

/**
 * What a procedure asks of its caller. `public` needs nobody signed in (sign-in itself, program facts);
 * `session` needs a session even when its screen is locked; all others need an unlocked session.
 */
export type Access = Permission | 'public' | 'session'

const STAFF: readonly Permission[] = [
  'home.read',
  'checkout.use',
  'keypad.use',
  'keypad.read',
  'keypad.inspect',
  'payment.inquire',
  'payment.void',
  'order.read',
  'order.write',
  'customer.read',
  'customer.write',
  'customer.merge',
  'contact.use',
  'call.use',
  'product.read',
  'subscription.read',
  'subscription.write',
  'settings.read',
]

/** Permissions of each role until an admin can grant them one by one. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  admin: Permission.options,
  staff: STAFF,
}
