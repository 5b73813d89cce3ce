import type { Session } from '../../../contract/auth'
import type { DeskEvent } from '../../../contract/system'
import type { DeskDatabase } from '../../db/open-database'
import type { Clock } from '../../platform/clock'
import type { Emitter } from '../../platform/emitter'
import type { SaveFile } from '../../platform/save-file'

/** What inspections need from outside. */
export interface InspectionsDeps {
  readonly database: DeskDatabase
  readonly clock: Clock
  readonly events: Emitter<DeskEvent>
  readonly saveFile: SaveFile
}

/** Whose keypads a person sees: null means all of them. */
export const scopeOf = (session: Session): string | null =>
  session.permissions.includes('keypad.manage') ? null : session.shop.id
