import type { Cohort } from '../../../../contract/subscription-insights'

/**
 * The rate at which all contracts went on at the end of each month since their start: of those months, only contracts
 * that are old enough count, each with the weight of its own.
 */
export function averageCurve(cohorts: readonly Cohort[]): number[] {
  const longest = Math.max(0, ...cohorts.map(({ left }) => left.length))
  return Array.from({ length: longest }, (_, step) => {
    const known = cohorts.filter(({ left }) => left.length > step)
    const started = known.reduce((sum, cohort) => sum + cohort.started, 0)
    return known.reduce((sum, { left }) => sum + (left[step] ?? 0), 0) / started
  })
}
