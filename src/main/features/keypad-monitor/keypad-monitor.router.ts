import { implement } from '@orpc/server'
import type { Session } from '../../../contract/auth'
import { keypadMonitor } from '../../../contract/keypad-monitor'
import { sessionOf, type CallContext } from '../../platform/call-context'
import { Refusal } from '../../platform/refusal'
import { scopeOf, type MonitorDeps, type MonitorRouterDeps } from './deps'
import { listEvents } from './events.repository'
import { exportKeypads } from './keypad-monitor.csv'
import { filterChoices, findKeypad, listKeypads } from './keypad-monitor.repository'
import { keypadDetail, registerKeypad, resumeKeypad, stopKeypad } from './keypad-monitor.service'
import { failUpdate, planUpdate, postponeUpdate, withdrawUpdate } from './updates.service'
import { eventOf, summaryOf } from './views'

const os = implement(keypadMonitor).$context<CallContext>()

type ById = { readonly id: string }

export function keypadMonitorRouter(deps: () => MonitorRouterDeps) {
  const db = () => deps().database.db
  const now = () => deps().clock.now()
  /** Changes a plan and answers with its keypad. */
  const changed = async <Input extends ById>(
    change: (deps: MonitorDeps, session: Session, input: Input) => Promise<void>,
    { input, context }: { input: Input; context: CallContext },
  ) => {
    const session = sessionOf(context)
    await change(deps(), session, input)
    return keypadDetail(deps(), session, input.id)
  }
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
    stop: os.stop.handler((call) => changed(stopKeypad, call)),
    resume: os.resume.handler(({ input, context }) => resumeKeypad(deps(), sessionOf(context), input)),
    planUpdate: os.planUpdate.handler((call) => changed(planUpdate, call)),
    postponeUpdate: os.postponeUpdate.handler((call) => changed(postponeUpdate, call)),
    failUpdate: os.failUpdate.handler((call) => changed(failUpdate, call)),
    withdrawUpdate: os.withdrawUpdate.handler((call) => changed(withdrawUpdate, call)),
  })
}
