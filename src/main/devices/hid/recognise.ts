import type { HidInterface } from './binding'

/** Which USB devices are keypads. Units differ, so it is a setting and not a fact of the program. */
export interface KeypadIds {
  readonly vendorId: number
  readonly product: RegExp
  /** Products that are keypads even when they carry no name. */
  readonly hidProductIds: readonly number[]
  readonly keyboardProductIds: readonly number[]
}

/** ID TECH, SREDKey and SecureKey classes. Product ids from public integrations; the name decides first. */
export const KNOWN_KEYPADS: KeypadIds = {
  vendorId: 0x0acd,
  product: /SRED|SecureKey/i,
  hidProductIds: [0x2610],
  keyboardProductIds: [0x2620],
}

const GENERIC_DESKTOP = 0x01
const VENDOR_PAGES_FROM = 0xff00

export type Recognised =
  | { readonly kind: 'keypad'; readonly device: HidInterface; readonly path: string }
  | { readonly kind: 'keyboard-mode' }
  | { readonly kind: 'none' }

/** Chooses the interface to open; a keypad that only types is told apart from none at all. */
export function recogniseKeypad(found: readonly HidInterface[], ids: KeypadIds = KNOWN_KEYPADS): Recognised {
  const ours = found.filter((device) => device.vendorId === ids.vendorId && isKeypad(device, ids))
  for (const device of ours) {
    const { path } = device
    if (path !== undefined && path !== '' && !typesKeys(device, ids) && isVendorPage(device)) {
      return { kind: 'keypad', device, path }
    }
  }
  return ours.some((device) => typesKeys(device, ids)) ? { kind: 'keyboard-mode' } : { kind: 'none' }
}

function isKeypad(device: HidInterface, ids: KeypadIds): boolean {
  if (ids.product.test(device.product ?? '')) return true
  return [...ids.hidProductIds, ...ids.keyboardProductIds].includes(device.productId)
}

const typesKeys = (device: HidInterface, ids: KeypadIds): boolean =>
  device.usagePage === GENERIC_DESKTOP || ids.keyboardProductIds.includes(device.productId)

/** Systems that do not tell the usage page give 0 or nothing. */
const isVendorPage = ({ usagePage }: HidInterface): boolean =>
  usagePage === undefined || usagePage === 0 || usagePage >= VENDOR_PAGES_FROM
