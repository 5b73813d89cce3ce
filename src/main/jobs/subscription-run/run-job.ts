import { z } from 'zod'
import type { CheckoutDeps } from '../../checkout/deps'
import type { JobRunner } from '../job-kind'
import { runSubscriptions } from './run'

const Input = z.object({ runId: z.uuid() })

/** The run of 定期 as long work beside the desk. */
export const subscriptionRunner = (deps: () => CheckoutDeps): JobRunner => ({
  lane: 'write',
  async run(context) {
    const { runId } = Input.parse(context.input)
    const end = await runSubscriptions(deps(), runId, {
      cancelWanted: () => context.cancelWanted(),
      closing: context.closing,
      progress: (done, total) => [context.progress(done, total)],
    })
    return end === 'cancelled' ? 'cancelled' : 'done'
  },
})
