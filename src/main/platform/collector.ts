import { setFlagsFromString } from 'node:v8'

/**
 * How V8 collects short-lived objects in each process of the desk: on the thread that runs, not with helper threads.
 * On two cores the helpers wait for a core that the database or the other process has, and the running thread waits
 * for them (docs/adr/0029).
 */
export const COLLECTOR_FLAGS = '--no-parallel-scavenge'

/** Applies it to this process and its worker threads; V8 reads the flag at each collection. */
export function calmCollector(): void {
  setFlagsFromString(COLLECTOR_FLAGS)
}
