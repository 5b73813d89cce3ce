import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { api, describeError } from '../../lib/client'

/** After a step: the new state on every screen; after a refusal: why, and the state as it is now. */
export function useSettled() {
  const queries = useQueryClient()
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: api.options.key() }),
      queries.invalidateQueries({ queryKey: api.home.key() }),
    ])
  return {
    done: (message: string) => async () => {
      notifications.show({ message })
      await refresh()
    },
    failed: async (error: unknown) => {
      const { message, supportCode } = describeError(error)
      notifications.show({ message: [message, supportCode].filter(Boolean).join(' '), color: 'red' })
      await refresh()
    },
    refresh,
  }
}
