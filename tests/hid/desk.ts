/**
 * A desk in a process of its own. Arguments: lock folder, and the user to become once the HID library is loaded
 * (a machine's user need not be able to read the folders that its programs are in). Tells each status.
 */
import { hidKeypad, nodeHidBinding } from '../../src/main/devices/hid'
import { systemClock } from '../../src/main/platform/clock'
import { ksnMemory } from '../support/keypad-events'

const [lockFolder = '', user] = process.argv.slice(2)
const binding = await nodeHidBinding()
await binding.devices()
if (user !== undefined) {
  process.setgroups?.([])
  process.setgid?.(Number(user))
  process.setuid?.(Number(user))
}
const port = hidKeypad({ clock: systemClock, ksnMemory: ksnMemory(), lockFolder, searchMs: 50 })
port.watch((status) => process.send?.(status))
process.once('disconnect', () => process.exit(0))
