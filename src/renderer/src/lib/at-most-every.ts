/**
 * Calls `act` at once, and then no more than once in `pauseMs` however often it is asked; the last request is
 * never lost. `stop` forgets a call that is still due.
 */
export function atMostEvery(pauseMs: number, act: () => void): { ask: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | null = null
  let isDue = false
  const run = () => {
    isDue = false
    act()
    timer = setTimeout(() => {
      timer = null
      if (isDue) run()
    }, pauseMs)
  }
  return {
    ask: () => {
      if (timer === null) run()
      else isDue = true
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer)
      timer = null
      isDue = false
    },
  }
}
