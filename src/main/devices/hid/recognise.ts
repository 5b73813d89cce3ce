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

/** One keypad that is plugged in, and what it presents itself as. */
export interface FoundKeypad {
  readonly device: HidInterface
  readonly path: string
  /** `keyboard`: it types its frames, so nothing can be read from it. */
  readonly mode: 'hid' | 'keyboard'
}

/** All keypads among the interfaces; each path once, also when the system lists it for each of its usages. */
export function findKeypads(
  found: readonly HidInterface[],
  ids: KeypadIds = KNOWN_KEYPADS,
): readonly FoundKeypad[] {
  const keypads = new Map<string, FoundKeypad>()
  for (const device of found) {
    const { path = '' } = device
    const mode = modeOf(device, ids)
    if (path === '' || mode === null || device.vendorId !== ids.vendorId || !isKeypad(device, ids)) continue
    if (keypads.get(path)?.mode !== 'hid') keypads.set(path, { device, path, mode })
  }
  return [...keypads.values()]
}

export type Recognised =
  | { readonly kind: 'keypad' | 'keyboard-mode'; readonly device: HidInterface; readonly path: string }
  | { readonly kind: 'none' }

/** Chooses the interface to open; a keypad that only types is told apart from none at all. */
export function recogniseKeypad(found: readonly HidInterface[], ids: KeypadIds = KNOWN_KEYPADS): Recognised {
  const keypads = findKeypads(found, ids)
  const chosen = keypads.find(({ mode }) => mode === 'hid') ?? keypads[0]
  if (chosen === undefined) return { kind: 'none' }
  const { device, path, mode } = chosen
  return { kind: mode === 'hid' ? 'keypad' : 'keyboard-mode', device, path }
}

function isKeypad(device: HidInterface, ids: KeypadIds): boolean {
  if (ids.product.test(device.product ?? '')) return true
  return [...ids.hidProductIds, ...ids.keyboardProductIds].includes(device.productId)
}

function modeOf(device: HidInterface, ids: KeypadIds): FoundKeypad['mode'] | null {
  if (device.usagePage === GENERIC_DESKTOP || ids.keyboardProductIds.includes(device.productId)) {
    return 'keyboard'
  }
  return isVendorPage(device) ? 'hid' : null
}

/** Systems that do not tell the usage page give 0 or nothing. */
const isVendorPage = ({ usagePage }: HidInterface): boolean =>
  usagePage === undefined || usagePage === 0 || usagePage >= VENDOR_PAGES_FROM
