import { implement } from '@orpc/server'
import { jobs } from '../../../contract/jobs'
import type { CallContext } from '../../platform/call-context'
import type { Jobs } from '../../platform/jobs.port'

const os = implement(jobs).$context<CallContext>()

export function jobsRouter(deps: () => Jobs) {
  return os.router({ live: os.live.handler(() => [...deps().live()]) })
}
