/** Every test of the real HID driver; runs in the machine that scripts/test-hid.mjs boots. */
import { recognising } from './1-recognising.guest'
import { frames } from './2-frames.guest'
import { facts } from './3-facts.guest'
import { plugging } from './4-plugging.guest'
import { sharing } from './5-sharing.guest'
import { keyboardMode } from './6-keyboard-mode.guest'
import { memory } from './7-memory.guest'
import { useWorld } from './world'

const world = useWorld()
for (const part of [recognising, frames, facts, plugging, sharing, keyboardMode, memory]) part(world)
