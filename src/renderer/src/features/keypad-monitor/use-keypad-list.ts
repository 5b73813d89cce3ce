import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { KeypadFilter } from '../../../../contract/keypad-monitor'
import { api } from '../../lib/client'
import { usePaged } from '../../ui/use-paged'
import { withOnTop } from './on-top'
import type { KeypadView } from './use-keypad-filter'

const PAGE = 100
/** So many new keypads at most stand above the list; any more are in the list itself. */
const TOP_ROWS = 20

const wantsUnregistered = ({ state }: KeypadFilter): boolean =>
  state.length === 0 || state.includes('unregistered')

/** The list in pages by keyset; for a person who registers keypads, the 未登録 ones stand on top. */
export function useKeypadList({ filter, sort, descending }: KeypadView, registers: boolean) {
  const list = useInfiniteQuery(
    api.keypadMonitor.list.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: PAGE, filter, sort, descending }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const showsTop = registers && wantsUnregistered(filter)
  const top = useQuery(
    api.keypadMonitor.list.queryOptions({
      input: { limit: TOP_ROWS, filter: { ...filter, state: ['unregistered'] } },
      enabled: showsTop,
      placeholderData: keepPreviousData,
    }),
  )
  const paged = usePaged(list)
  const waiting = showsTop && top.isPending
  const above = showsTop ? (top.data?.items ?? []) : []
  return {
    ...paged,
    list,
    rows: waiting || paged.rows === undefined ? undefined : withOnTop(above, paged.rows),
  }
}
