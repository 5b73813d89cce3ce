import { implement } from '@orpc/server'
import { options, type MailSettings } from '../../../contract/options'
import { sessionOf, type CallContext } from '../../platform/call-context'
import { Refusal } from '../../platform/refusal'
import type { OptionsDeps } from './deps'
import { mailFaults, mailServer, readMailSettings, saveMailSettings } from './mail-settings.service'
import { applyForOption, cardEntryBlock, optionView, stepOption, writeApplication } from './options.service'
import { resendMail } from './outbox.service'

const os = implement(options).$context<CallContext>()

async function tryMail(deps: OptionsDeps, values: MailSettings, password: string | null) {
  const { db } = deps.database
  const { hasPassword } = await readMailSettings(db)
  const faults = mailFaults(values, password === null ? hasPassword : password !== '', deps.mode)
  if (faults.length > 0) throw new Refusal('INVALID_FIELDS', { fields: faults })
  const reached = await mailServer(db, deps.box, { values, password })
  if (!reached.ready) return { ok: false, cause: reached.cause, smtpCode: null }
  const outcome = await deps.openMail(reached.server).check()
  if (outcome.kind === 'accepted') return { ok: true, cause: null, smtpCode: null }
  return { ok: false, cause: outcome.cause, smtpCode: outcome.kind === 'failed' ? outcome.smtpCode : null }
}

export function optionsRouter(deps: () => OptionsDeps) {
  return os.router({
    get: os.get.handler(() => optionView(deps())),
    preview: os.preview.handler(({ input, context }) =>
      writeApplication(deps(), sessionOf(context).userId, input.note),
    ),
    apply: os.apply.handler(({ input, context }) =>
      applyForOption(deps(), { ...input, userId: sessionOf(context).userId }),
    ),
    step: os.step.handler(({ input, context }) =>
      stepOption(deps(), { ...input, userId: sessionOf(context).userId }),
    ),
    resend: os.resend.handler(async ({ input }) => {
      await resendMail(deps(), input.mailId, input.version)
      return optionView(deps())
    }),
    getMail: os.getMail.handler(() => readMailSettings(deps().database.db)),
    saveMail: os.saveMail.handler(({ input, context }) =>
      saveMailSettings(deps().database.db, deps().box, {
        ...input,
        mode: deps().mode,
        by: sessionOf(context).userId,
        now: deps().clock.now(),
      }),
    ),
    testMail: os.testMail.handler(({ input }) => tryMail(deps(), input.values, input.password)),
    cardEntry: os.cardEntry.handler(async () => ({ blockedBy: await cardEntryBlock(deps()) })),
  })
}
