import { implement } from '@orpc/server'
import { keypadMonitor } from '../../../contract/keypad-monitor'
import { sessionOf, type CallContext } from '../../platform/call-context'
import { Refusal } from '../../platform/refusal'
import { scopeOf, type MonitorRouterDeps } from './deps'
import { listEvents } from './events.repository'
import { exportKeypads } from './keypad-monitor.csv'
import { filterChoices, findKeypad, listKeypads } from './keypad-monitor.repository'
import { keypadDetail, registerKeypad, resumeKeypad, stopKeypad } from './keypad-monitor.service'
import { eventOf, summaryOf } from './views'

const os = implement(keypadMonitor).$context<CallContext>()

export function keypadMonitorRouter(deps: () => MonitorRouterDeps) {
  const db = () => deps().database.db
  const now = () => deps().clock.now()
  return os.router({
    list: os.list.handler(async ({ input, context }) => {
      const at = now()
      const page = await listKeypads(db(), { ...input, scope: scopeOf(sessionOf(context)), now: at })
      return { ...page, items: page.items.map((row) => summaryOf(row, at)) }
    }),
    choices: os.choices.handler(({ context }) => filterChoices(db(), scopeOf(sessionOf(context)))),
    exportCsv: os.exportCsv.handler(({ input, context }) =>
      exportKeypads(deps(), sessionOf(context), input.filter),
    ),
    get: os.get.handler(({ input, context }) => keypadDetail(deps(), sessionOf(context), input.id)),
    events: os.events.handler(async ({ input, context }) => {
      const { id, ...list } = input
      if (!(await findKeypad(db(), scopeOf(sessionOf(context)), id))) throw new Refusal('NOT_FOUND')
      const page = await listEvents(db(), { ...list, keypadId: id, now: now() })
      return { ...page, items: page.items.map(eventOf) }
    }),
    register: os.register.handler(({ input, context }) => registerKeypad(deps(), sessionOf(context), input)),
    stop: os.stop.handler(async ({ input, context }) => {
      const session = sessionOf(context)
      await stopKeypad(deps(), session, input)
      return keypadDetail(deps(), session, input.id)
    }),
    resume: os.resume.handler(({ input, context }) => resumeKeypad(deps(), sessionOf(context), input)),
  })
}
