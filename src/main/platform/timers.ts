/** Runs a task again and again, never twice at once; the answer stops it and waits for the one that runs. */
export function repeat(
  task: () => Promise<void>,
  everyMs: number,
  failed: (error: unknown) => void,
): () => Promise<void> {
  let running: Promise<void> = Promise.resolve()
  let busy = false
  const timer = setInterval(() => {
    if (busy) return
    busy = true
    running = task()
      .catch(failed)
      .finally(() => {
        busy = false
      })
  }, everyMs)
  return () => {
    clearInterval(timer)
    return running
  }
}
