import type { ShownCard } from '../../contract/keypad'
import type { KeyedCard, LateRefusal } from '../devices/keypad.port'
import { newId } from '../platform/ids'
import type { ActiveService, CheckoutDeps } from './deps'
import { declineOf, failureOf } from './failures'
import type { Failure } from '../../contract/failures'
import { shownCard } from './view'

/** For whom a card is keyed: an order that is being taken, later also a customer's file. */
export interface CardOwner {
  readonly checkoutId: string
}

export type TokenizationOutcome =
  | { readonly card: ShownCard }
  | { readonly failure: Failure }
  | { readonly refused: LateRefusal }

export interface TokenizationOptions {
  /** Asks why the keypad may not take cards by its record as it stands now, when that was not asked before. */
  readonly askRecord?: () => Promise<Failure | null>
  readonly signal?: AbortSignal | undefined
}

/**
 * Step 2: the frame goes to the payment service and comes back as a token. The frame is wiped whatever happens;
 * a lost answer means that the card is keyed again, because a frame is never kept or sent twice.
 *
 * The caller waits for the service and for the disk side by side: the request goes out before the frame's counter is
 * durable and before the keypad's record has been read once more, and its token counts only afterwards. When either
 * is refused, whatever the service answered is dropped here, unseen (ADR 21).
 */
export async function tokenize(
  deps: CheckoutDeps,
  active: ActiveService,
  { frame, lateRefusal }: KeyedCard,
  owner: CardOwner,
  { askRecord, signal }: TokenizationOptions = {},
): Promise<TokenizationOutcome> {
  const serial = frame.facts.serial
  const answered = active.service.tokenize(frame, signal).finally(() => frame.wipe())
  const [answer, refused, stopped] = await Promise.all([answered, lateRefusal, askRecord?.() ?? null])
  if (refused !== null) return { refused }
  if (stopped !== null) return { failure: stopped }
  switch (answer.kind) {
    case 'declined':
      return { failure: declineOf(answer.code) }
    case 'trouble':
      return { failure: failureOf(answer.sent ? 'tokenize-timeout' : `service-${answer.cause}`) }
    case 'tokenized':
      break
  }
  const row = {
    id: newId(),
    customer_id: null,
    checkout_id: owner.checkoutId,
    service: active.service.id,
    token: answer.token,
    brand: answer.brand,
    masked: answer.masked,
    last3: answer.masked.slice(-3),
    expiry_yymm: answer.expiryYYMM,
    on_file: 0,
    keypad_serial: serial,
    created_at: deps.clock.now(),
    removed_at: null,
    version: 1,
  }
  await deps.database.db.insertInto('card').values(row).execute()
  return { card: shownCard(row, deps.clock.now()) }
}
