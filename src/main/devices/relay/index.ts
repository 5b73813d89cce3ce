export { readRelayCertificate, type RelayAddress, type RelayCertificate } from './connect'
export { relayKeypad, type RelayKeypadOptions } from './relay-keypad'
