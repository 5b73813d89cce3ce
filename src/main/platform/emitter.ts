/** A list of listeners: told in order, one that throws does not stop the next. */
export class Emitter<T> {
  readonly #listeners = new Set<(value: T) => void>()

  /** Adds a listener; the answer takes it away again. */
  on(listener: (value: T) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  emit(value: T): void {
    for (const listener of this.#listeners) {
      try {
        listener(value)
      } catch {
        /* A listener's trouble is its own. */
      }
    }
  }
}

/** The values of an emitter as a stream, from the first listener on; ends with the signal. */
export async function* streamOf<T>(
  emitter: Emitter<T>,
  signal: AbortSignal | undefined,
  first: readonly T[] = [],
): AsyncGenerator<T, void, void> {
  const queue: T[] = [...first]
  let wake: (() => void) | null = null
  const ring = () => {
    wake?.()
    wake = null
  }
  const off = emitter.on((value) => {
    queue.push(value)
    ring()
  })
  signal?.addEventListener('abort', ring, { once: true })
  try {
    while (!signal?.aborted) {
      const value = queue.shift()
      if (value !== undefined) yield value
      else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
  } finally {
    off()
    signal?.removeEventListener('abort', ring)
  }
}
