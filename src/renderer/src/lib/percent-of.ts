import type { JobView } from '../../../contract/jobs'

/** Share of the work that is done, in whole percent. */
export const percentOf = ({ done, total }: Pick<JobView, 'done' | 'total'>): number =>
  total === 0 ? 0 : Math.min(100, Math.floor((done / total) * 100))
