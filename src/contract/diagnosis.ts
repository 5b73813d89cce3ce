import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { procedure } from './procedure'
import { Id, Instant } from './values'

/** What is looked at, in this order: from the cable outwards to the payment service. */
export const DiagnosisStep = z.enum(['cable', 'mode', 'key-level', 'registration', 'relay', 'service'])
export type DiagnosisStep = z.infer<typeof DiagnosisStep>

/** 待ち, 確認中, 正常, 注意, 異常, 対象外. */
export const DiagnosisState = z.enum(['waiting', 'checking', 'good', 'warning', 'bad', 'not-applicable'])
export type DiagnosisState = z.infer<typeof DiagnosisState>

export const DiagnosisFinding = z.object({
  step: DiagnosisStep,
  state: DiagnosisState,
  /** What was found, in words; empty until then. */
  detail: z.string(),
  /** What to do now; null when nothing needs to be done. */
  action: z.string().nullable(),
})
export type DiagnosisFinding = z.infer<typeof DiagnosisFinding>

export const DiagnosisEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('step'), finding: DiagnosisFinding }),
  /** The end. The text carries no secret: it may be handed to a stranger. */
  z.object({
    type: z.literal('report'),
    reportId: Id,
    at: Instant,
    good: z.boolean(),
    text: z.string(),
  }),
])
export type DiagnosisEvent = z.infer<typeof DiagnosisEvent>

const report = z.object({ reportId: Id })

export const diagnosis = {
  /** Looks and touches nothing: no keypad is claimed and nothing that runs is stopped. Ending the stream ends it. */
  run: procedure('keypad.use').output(eventIterator(DiagnosisEvent)),
  /** Puts a report of this desk on the clipboard. */
  copy: procedure('keypad.use').input(report).output(z.null()),
  /** Saves a report as text where the person chooses. */
  save: procedure('keypad.use')
    .input(report)
    .output(z.object({ saved: z.boolean() }))
    .errors({
      SAVE_FAILED: {
        message: 'この場所には保存できませんでした。ほかの場所を選んでください。診断の結果は残っています。',
      },
    }),
}
