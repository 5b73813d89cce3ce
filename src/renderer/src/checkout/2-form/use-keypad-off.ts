import { useQuery } from '@tanstack/react-query'
import { api } from '../../lib/client'

/** Why no card can be keyed here, whatever the keypad itself says. */
export type KeypadOffReason = 'off' | 'not-applied' | 'stopped'

/** テンキーパッド入力 is OFF, or (in production) the contract with its provider is missing or stopped. */
export function useKeypadOffReason(): KeypadOffReason | null {
  const lamp = useQuery(api.keypad.lamp.queryOptions()).data
  const contract = useQuery(api.options.cardEntry.queryOptions()).data
  return lamp?.state === 'off' ? 'off' : (contract?.blockedBy ?? null)
}

/** True when no card can be keyed here: then nothing offers to. */
export const useKeypadOff = (): boolean => useKeypadOffReason() !== null
