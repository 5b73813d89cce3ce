export type { ParsedFrame } from './fields'
export { readKeyboardRendering, type KeyboardResult } from './keyboard-rendering'
export {
  CounterUsed,
  type FrameRefusal,
  type KeyedCard,
  type KeypadReading,
  type KsnMemory,
  type LateRefusal,
} from './reading'
export { KeypadFrameReceiver, PARTIAL_FRAME_MS, type ReceiverOptions } from './receiver'
export { FrameScanner, type Found } from './scanner'
export { splitKsn } from './ksn'
