import { told } from '../checkout/diagnosis/findings'
import { foreignHolders, type ForeignHolder } from '../devices/hid'
import type { KeypadPort } from '../devices/keypad.port'

/** More of them say nothing new. */
const SHOWN = 5

/** Other programs that have the same USB keypad open. A program names itself: the name is made short and printable. */
export async function otherPrograms(port: KeypadPort | null): Promise<readonly ForeignHolder[]> {
  const path = port?.place().usbPath ?? null
  if (path === null) return []
  const holders = await foreignHolders(path)
  return holders.slice(0, SHOWN).map(({ pid, name }) => ({ pid, name: told(name, '名前不明') }))
}
