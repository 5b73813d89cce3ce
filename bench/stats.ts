/** Median and percentiles of measured milliseconds. */
export function stats(samples: readonly number[]): { median: number; p95: number; p99: number; n: number } {
  const sorted = samples.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
  const round = (ms: number) => Math.round(ms * 1000) / 1000
  return { median: round(at(0.5)), p95: round(at(0.95)), p99: round(at(0.99)), n: sorted.length }
}

/** One line of the report: what was measured, from which event to which, beside its reference and its goal. */
export interface BenchLine {
  readonly name: string
  readonly from: string
  readonly to: string
  readonly ours: ReturnType<typeof stats>
  readonly reference?: ReturnType<typeof stats>
  readonly ratio?: number
  readonly framesPerSecond?: number
  readonly goal: string
  readonly met: boolean
}

export function print(line: BenchLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}
