export { ksnWithCounter, MAX_COUNTER, nextCounter } from './counter'
export {
  decryptAes,
  decryptTdes,
  encryptAes,
  encryptTdes,
  initialKey,
  PUBLIC_TEST_BDK,
  transactionKey,
  workingKey,
  type KeyVariant,
} from './dukpt'
