import { useQueryClient, type QueryKey } from '@tanstack/react-query'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { shopTimeOf } from './shop-time'

const DAY_MS = 86_400_000
const OFFSET_MS = 9 * 3_600_000
/** A PC that has slept wakes with its timers late: the day is looked at so often at least. */
const LOOK_MS = 60_000

/** The day at the shop, `YYYY-MM-DD`, for what begins with it and stays. A screen that shows it uses `useToday`. */
export const today = (): string => shopTimeOf(Date.now()).day

/** Tells when the shop's day turns, until the answer is called. */
export function watchToday(onTurn: () => void): () => void {
  let known = today()
  let timer: ReturnType<typeof setTimeout>
  const look = () => {
    const now = today()
    if (now !== known) {
      known = now
      onTurn()
    }
    const left = DAY_MS - ((Date.now() + OFFSET_MS) % DAY_MS)
    timer = setTimeout(look, Math.min(left, LOOK_MS))
  }
  look()
  return () => clearTimeout(timer)
}

/** The day at the shop; at midnight the component is drawn anew. */
export const useToday = (): string => useSyncExternalStore(watchToday, today)

/** The same; what main reckons from the day under this key is asked for again when it turns. */
export function useFreshToday(queryKey: QueryKey): string {
  const queries = useQueryClient()
  const day = useToday()
  const asked = useRef(day)
  useEffect(() => {
    if (asked.current === day) return
    asked.current = day
    void queries.invalidateQueries({ queryKey })
  }, [day, queries, queryKey])
  return day
}
