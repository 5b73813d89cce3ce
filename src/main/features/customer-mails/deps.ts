import type { DeskEvent } from '../../../contract/system'
import type { Emitter } from '../../platform/emitter'
import type { OptionsDeps } from '../options/options.service'

/** What mails to customers need: the one way in which this desk sends mail, and whom to tell of them. */
export interface CustomerMailsDeps extends OptionsDeps {
  readonly events: Emitter<DeskEvent>
}
