import type { QueryClient } from '@tanstack/react-query'
import { api, client } from '../../lib/client'
import { goTo } from '../../lib/hash-location'
import { forgetPlaces } from '../../ui/remembered-row'
import { planStore } from '../subscriptions/plan-store'

/** Signs out: the sign-in screen comes up, and nothing that was read stays in this page's memory. */
export async function leaveDesk(queries: QueryClient): Promise<void> {
  await client.auth.signOut()
  goTo('/', { replace: true })
  forgetPlaces()
  planStore.clear()
  queries.setQueryData(api.auth.session.queryKey(), null)
  const doors = new Set([api.auth.session.key()[0]?.join(), api.system.info.key()[0]?.join()])
  queries.removeQueries({
    predicate: ({ queryKey: [path] }) => !(Array.isArray(path) && doors.has(path.join())),
  })
}
