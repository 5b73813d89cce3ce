/**
 * A desk in a process of its own. Arguments: lock folder, and the user to become once the HID library is loaded
 * (a machine's user need not be able to read the folders that its programs are in). Tells each status; told `claim`,
 * it reads cards and wipes them; any other word it keeps in memory, turned round.
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
let kept = ''
process.on('message', (word: string) => {
  if (word === 'claim') void claim()
  else {
    kept = word.split('').toReversed().join('')
    // A flat text, as a careless program would hold one.
    process.send?.({ kind: Buffer.from(kept).length > 0 ? 'kept' : '' })
  }
})

async function claim(): Promise<void> {
  const claimed = await port.claim({ seat: '1番席', operator: '鈴木' })
  if (claimed.kind !== 'claimed') throw new Error(claimed.kind)
  claimed.claim.onReading((reading) => {
    if (reading.kind === 'frame') reading.frame.wipe()
    process.send?.({
      kind: reading.kind === 'frame' ? `frame ${reading.frame.facts.format}` : reading.reason,
    })
  })
  process.send?.({ kind: 'claimed' })
}

process.once('disconnect', () => process.exit(0))
