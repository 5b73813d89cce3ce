import { useCallback } from 'react'

export interface PagedQuery<T> {
  readonly data:
    | { pages: { items: T[]; next: string | null; count: { value: number; more: boolean } }[] }
    | undefined
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly isFetchNextPageError: boolean
  readonly fetchNextPage: () => unknown
}

/** What a list page needs of a query that comes in pages by keyset. */
export function usePaged<T>(query: PagedQuery<T>) {
  const { data, hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query
  const onMore = useCallback(() => void fetchNextPage(), [fetchNextPage])
  const onNearEnd = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage && !isFetchNextPageError) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage])
  const rows = data?.pages.flatMap((page) => page.items)
  const count = data?.pages[0]?.count
  return {
    rows,
    count,
    /** All rows there are, when known exactly. */
    total: count && !count.more ? count.value : null,
    onNearEnd,
    foot: {
      shown: rows?.length ?? 0,
      hasMore: hasNextPage,
      loading: isFetchingNextPage,
      failed: isFetchNextPageError,
      onMore,
    },
  }
}
