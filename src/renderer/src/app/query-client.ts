import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { api, refusalCode } from '../lib/client'

/** Nobody is signed in, or the screen is locked: the entry asks main again and shows the right door. */
function noticeSession(error: unknown): void {
  const code = refusalCode(error)
  if (code === 'UNAUTHORIZED' || code === 'LOCKED') {
    void queryClient.invalidateQueries({ queryKey: api.auth.session.key() })
  }
}

export const queryClient: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSession }),
  mutationCache: new MutationCache({ onError: noticeSession }),
  defaultOptions: {
    queries: { retry: false, refetchOnWindowFocus: false, networkMode: 'always', staleTime: 2_000 },
    mutations: { networkMode: 'always' },
  },
})
