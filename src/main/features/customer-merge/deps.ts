import type { DeskEvent } from '../../../contract/system'
import type { DeskDatabase } from '../../db/open-database'
import type { Clock } from '../../platform/clock'
import type { Emitter } from '../../platform/emitter'

export interface MergeDeps {
  readonly database: DeskDatabase
  readonly clock: Clock
  readonly events: Emitter<DeskEvent>
}

/** Who does it, and at which seat. */
export interface Doer {
  readonly userId: string
  readonly seat: string
}
