import type { DeskDatabase } from '../../db/open-database'
import type { ChosenFiles } from '../../platform/chosen-files'
import type { Clock } from '../../platform/clock'
import type { Jobs } from '../../platform/jobs.port'
import type { SaveFile } from '../../platform/save-file'

export interface SubscriptionImportsDeps {
  readonly database: DeskDatabase
  readonly clock: Clock
  readonly jobs: Jobs
  readonly files: ChosenFiles
  readonly saveFile: SaveFile
}
