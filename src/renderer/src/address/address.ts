import type { PostalTown } from '../../../contract/postal'

/** An address as it stands in a form. */
export interface Address {
  readonly postalCode: string
  readonly prefecture: string
  readonly city: string
  readonly address: string
  readonly building: string
}

export type AddressKey = keyof Address

/** What a postal code fills in. */
export type Filled = Pick<Address, 'prefecture' | 'city' | 'address' | 'building'>

/** The address that a town stands for; an office keeps its name beside the building that was typed. */
export const addressOf = (town: PostalTown, building: string): Filled => ({
  prefecture: town.prefecture,
  city: town.city,
  address: town.town + town.street,
  building: building === '' ? town.office.replaceAll('\u3000', ' ') : building,
})

/** A town on one line, for choices and questions. */
export const townLine = (town: PostalTown): string =>
  [town.prefecture + town.city + town.town + town.street, town.office].filter(Boolean).join(' ')

/**
 * The fields that change when a town is taken. What was typed behind the town's name stays; null when something was
 * typed that is not the town's, unless that came from the fill before.
 */
export function fillOver(current: Address, town: PostalTown, before: Filled | null): Filled | null {
  const next = addressOf(town, current.building)
  const free = (key: 'prefecture' | 'city') =>
    current[key] === '' || current[key] === next[key] || current[key] === before?.[key]
  if (!free('prefecture') || !free('city')) return null
  const { address } = current
  if (address === '' || address === before?.address) return next
  if (next.address !== '' && address.startsWith(next.address)) return { ...next, address }
  return null
}
