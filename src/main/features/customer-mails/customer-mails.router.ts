import { implement } from '@orpc/server'
import { customerMails } from '../../../contract/customer-mails'
import { SAMPLE, unknownNames, writeMail } from '../../domain/customer-mails/template'
import { sessionOf, type CallContext } from '../../platform/call-context'
import type { SaveFile } from '../../platform/save-file'
import { exportMails } from './customer-mails.csv'
import {
  cancel,
  get,
  list,
  markCalled,
  queue,
  resend,
  type CustomerMailsDeps,
} from './customer-mails.service'
import { mailDays, saveMailDays, saveTemplate, templates } from './mail-templates.service'

const os = implement(customerMails).$context<CallContext>()

export function customerMailsRouter(deps: () => CustomerMailsDeps, saveFile: SaveFile) {
  return os.router({
    list: os.list.handler(({ input }) => list(deps(), input)),
    get: os.get.handler(({ input }) => get(deps(), input.id)),
    queue: os.queue.handler(() => queue(deps())),
    resend: os.resend.handler(({ input, context }) => resend(deps(), input, sessionOf(context).userId)),
    cancel: os.cancel.handler(({ input, context }) => cancel(deps(), input, sessionOf(context).userId)),
    markCalled: os.markCalled.handler(({ input, context }) =>
      markCalled(deps(), input, sessionOf(context).userId),
    ),
    exportCsv: os.exportCsv.handler(({ input, signal }) =>
      exportMails({ ...deps(), saveFile }, input, signal),
    ),
    templates: os.templates.handler(() => templates(deps().database.db)),
    preview: os.preview.handler(({ input: { kind, ...text } }) => ({
      ...writeMail(text, SAMPLE),
      unknown: unknownNames(kind, text),
    })),
    saveTemplate: os.saveTemplate.handler(({ input, context }) =>
      saveTemplate(deps(), input, sessionOf(context).userId),
    ),
    settings: os.settings.handler(() => mailDays(deps().database.db)),
    saveSettings: os.saveSettings.handler(({ input, context }) =>
      saveMailDays(deps(), input, sessionOf(context).userId),
    ),
  })
}
