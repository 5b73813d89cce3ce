import type { DeskDatabase } from '../../db/open-database'
import type { Clock } from '../../platform/clock'
import type { Log } from '../../platform/log'
import type { OpenFile } from '../../platform/open-file'

export interface PostalDeps {
  readonly database: DeskDatabase
  readonly clock: Clock
  readonly log: Log
  readonly openFile: OpenFile
  /** The postal directory that comes with the program. */
  readonly builtInFile: string
}
