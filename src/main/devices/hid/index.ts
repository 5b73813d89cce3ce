export { nodeHidBinding, type HidBinding, type HidHandle, type HidInterface } from './binding'
export { hidDevice, type HidDeviceOptions } from './hid-device'
export { hidKeypad, type HidKeypadOptions } from './hid-keypad'
export { KNOWN_KEYPADS, type KeypadIds } from './recognise'
