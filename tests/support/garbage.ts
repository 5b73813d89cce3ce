import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Collects garbage for certain; gives back the bytes that stay, on the heap and in buffers. */
export function forcedCollection(): () => number {
  setFlagsFromString('--expose-gc')
  const gc: unknown = runInNewContext('gc')
  return () => {
    if (typeof gc !== 'function') throw new Error('no garbage collector to call')
    gc()
    gc()
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
}
