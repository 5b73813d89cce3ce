import type { DeskMode } from '../../../contract/auth'
import type { DeskDatabase } from '../../db/open-database'
import type { OpenMail } from '../../gateways/mail.port'
import type { Clock } from '../../platform/clock'
import type { Log } from '../../platform/log'
import type { SecretBox } from '../../platform/secrets'

/** What the application to the provider needs from outside. */
export interface OptionsDeps {
  readonly database: DeskDatabase
  readonly clock: Clock
  readonly box: SecretBox
  readonly log: Log
  readonly mode: DeskMode
  readonly openMail: OpenMail
}
