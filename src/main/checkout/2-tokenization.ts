import type { ShownCard } from '../../contract/keypad'
import type { CardFrame } from '../domain/card-frame'
import { newId } from '../platform/ids'
import type { ActiveService, CheckoutDeps } from './deps'
import { declineOf, failureOf } from './failures'
import type { Failure } from '../../contract/failures'
import { shownCard } from './view'

/** For whom a card is keyed: an order that is being taken, later also a customer's file. */
export interface CardOwner {
  readonly checkoutId: string
}

export type TokenizationOutcome = { readonly card: ShownCard } | { readonly failure: Failure }

/**
 * Step 2: the frame goes to the payment service and comes back as a token. The frame is wiped whatever happens;
 * a lost answer means that the card is keyed again, because a frame is never kept or sent twice.
 */
export async function tokenize(
  deps: CheckoutDeps,
  active: ActiveService,
  frame: CardFrame,
  owner: CardOwner,
  signal?: AbortSignal,
): Promise<TokenizationOutcome> {
  const serial = frame.facts.serial
  const answered = active.service.tokenize(frame, signal).finally(() => frame.wipe())
  const answer = await answered
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
