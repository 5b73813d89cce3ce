import { useQuery } from '@tanstack/react-query'
import { api } from '../../lib/client'

/** True when テンキーパッド入力 is switched OFF in the settings. */
export function useKeypadOff(): boolean {
  return useQuery(api.keypad.lamp.queryOptions()).data?.state === 'off'
}
