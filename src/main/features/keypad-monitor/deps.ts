import type { Session } from '../../../contract/auth'
import type { DeskEvent } from '../../../contract/system'
import type { DeskDatabase } from '../../db/open-database'
import type { Clock } from '../../platform/clock'
import type { Emitter } from '../../platform/emitter'
import type { SaveFile } from '../../platform/save-file'
import type { Scope } from './keypad-monitor.repository'

export interface MonitorDeps {
  readonly database: DeskDatabase
  readonly clock: Clock
  readonly events: Emitter<DeskEvent>
}

export interface MonitorRouterDeps extends MonitorDeps {
  readonly saveFile: SaveFile
}

/** Whose keypads a person sees: an admin all of them, everybody else those of the own shop. */
export const scopeOf = (session: Session): Scope =>
  session.permissions.includes('keypad.manage') ? null : session.shop.id
