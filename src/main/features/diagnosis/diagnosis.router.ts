import { implement } from '@orpc/server'
import { diagnosis } from '../../../contract/diagnosis'
import { sessionOf, type CallContext } from '../../platform/call-context'
import { Refusal } from '../../platform/refusal'
import { diagnose, type DiagnosisDeps } from '../../checkout/diagnosis/diagnose'

const os = implement(diagnosis).$context<CallContext>()

/** Where a report may go. */
export interface ReportOutlet {
  copy(text: string): Promise<void> | void
  /** Asks where; `refused` when the place cannot be written to. */
  save(suggestedName: string, text: string): Promise<'saved' | 'cancelled' | 'refused'>
}

export interface DiagnosisDoor {
  deps(): Promise<Omit<DiagnosisDeps, 'shopId'>>
  readonly outlet: ReportOutlet
}

/** Reports that can still be handed out; older ones are asked for again by a new run. */
const KEPT = 20

const fileNameOf = (at: number): string => {
  const stamp = new Date(at + 9 * 3_600_000).toISOString().replace(/\D/g, '')
  return `テンキー診断_${stamp.slice(0, 8)}_${stamp.slice(8, 12)}.txt`
}

export function diagnosisRouter(door: DiagnosisDoor) {
  const reports = new Map<string, { at: number; text: string }>()
  const reportOf = (id: string) => {
    const report = reports.get(id)
    if (!report) throw new Refusal('NOT_FOUND')
    return report
  }
  const keep = (id: string, report: { at: number; text: string }) => {
    reports.set(id, report)
    const [oldest] = reports.keys()
    if (reports.size > KEPT && oldest !== undefined) reports.delete(oldest)
  }
  return os.router({
    run: os.run.handler(async function* ({ context, signal }) {
      const deps = { ...(await door.deps()), shopId: sessionOf(context).shop.id }
      for await (const event of diagnose(deps, signal)) {
        if (event.type === 'report') keep(event.reportId, event)
        yield event
      }
    }),
    copy: os.copy.handler(async ({ input }) => {
      await door.outlet.copy(reportOf(input.reportId).text)
      return null
    }),
    save: os.save.handler(async ({ input }) => {
      const { at, text } = reportOf(input.reportId)
      const outcome = await door.outlet.save(fileNameOf(at), text)
      if (outcome === 'refused') throw new Refusal('SAVE_FAILED')
      return { saved: outcome === 'saved' }
    }),
  })
}
