export { nodeHidBinding, type HidBinding, type HidHandle, type HidInterface } from './binding'
export { hidKeypad, type HidKeypadOptions } from './hid-keypad'
export { KNOWN_KEYPADS, type KeypadIds } from './recognise'
