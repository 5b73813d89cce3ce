/** For each list, the row that was opened last: coming back, the person stands where they left. */
const rows = new Map<string, string>()

export const rememberRow = (list: string, rowId: string): void => void rows.set(list, rowId)

export const rememberedRow = (list: string): string | null => rows.get(list) ?? null
export const forgetRow = (list: string): void => void rows.delete(list)

/** For each list, its last address with the filters. */
const addresses = new Map<string, string>()

export const rememberAddress = (list: string, address: string): void => void addresses.set(list, address)
export const rememberedAddress = (list: string): string => addresses.get(list) ?? list

/** At sign-out nothing of the person before stays. */
export function forgetPlaces(): void {
  rows.clear()
  addresses.clear()
}
