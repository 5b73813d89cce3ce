import type { AttentionTurn } from '../../../contract/subscription-run-views'
import { ExpectationFailed, UniqueViolation } from '../../db/errors'
import type { Statement } from '../../db/open-database'
import { verdictOfAnswer } from '../../checkout/settle'
import { TurnGate } from '../../checkout/subscription-turn-authorize'
import { cardOnFile, type ContractCard } from '../../checkout/subscription-turn-due'
import { openTurn, type OpenTurn } from '../../checkout/subscription-turn-open'
import { paymentOfOpen, takeOpen } from '../../checkout/subscription-turn-take'
import { settleTurns } from '../../checkout/subscription-turn-settle'
import { businessDate } from '../../domain/calendar/tokyo'
import { Refusal } from '../../platform/refusal'
import { attentionTurn } from './attention.service'
import type { SubscriptionRunsDeps } from './subscription-runs.service'

export interface RetryAnswer {
  outcome: 'authorized' | 'declined' | 'unknown' | 'not-sent'
  code: string | null
  turn: AttentionTurn | null
}

interface Wish {
  readonly cycleId: string
  readonly version: number
  readonly cardId: string | null
}

/** Another card of the customer's file becomes the contract's, in the transaction of the attempt. */
async function otherCard(
  { checkout }: SubscriptionRunsDeps,
  open: OpenTurn,
  cardId: string,
): Promise<{ card: ContractCard; statements: Statement[] }> {
  const { db } = checkout.database
  const card = await cardOnFile(db, cardId)
  const owner = await db
    .selectFrom('subscription')
    .select('customer_id')
    .where('id', '=', open.contract.id)
    .executeTakeFirst()
  if (!card || card.card.customer_id !== owner?.customer_id) throw new Refusal('NO_CARD')
  const query = db
    .updateTable('subscription')
    .set((eb) => ({
      card_id: cardId,
      first_transaction_id: card.firstTransactionId,
      updated_at: checkout.clock.now(),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', open.contract.id)
  return { card, statements: [{ query: query.compile(), expect: { changes: 1 } }] }
}

/** Authorizes one turn for a person who waits for the answer. A lost answer goes to the inquiry, as everywhere. */
export async function retryNow(deps: SubscriptionRunsDeps, wish: Wish, by?: string): Promise<RetryAnswer> {
  const { checkout } = deps
  const { database, clock } = checkout
  const found = await openTurn(database.db, wish.cycleId)
  if (!found) throw new Refusal('NOT_FOUND')
  if (found.cycle.version !== wish.version) throw new Refusal('STALE', { version: found.cycle.version })
  if (found.cycle.status !== 'auth-failed' && found.cycle.status !== 'planned') throw new Refusal('NOT_NOW')
  const choice = await checkout.activeService()
  if (!choice.ready) throw new Refusal('SERVICE_NOT_READY')
  const other = wish.cardId === null ? null : await otherCard(deps, found, wish.cardId)
  const open = other ? { ...found, card: other.card } : found
  const date = businessDate(clock.now())
  const payment = paymentOfOpen({ date, now: clock.now(), service: choice.active }, open)
  if (payment.kind === 'pass-over') throw new Refusal('CONTRACT_ENDED')
  if (payment.kind === 'attention') throw new Refusal('NO_CARD')
  if (payment.kind !== 'now') throw new Refusal('NOT_NOW')
  const { statements, attempt } = await takeOpen(checkout, open, payment, null)
  if (!attempt) throw new Refusal('NOT_NOW')
  try {
    await database.batch([...statements, ...(other?.statements ?? [])])
  } catch (error) {
    // A run or another seat has taken the turn meanwhile.
    if (error instanceof ExpectationFailed || error instanceof UniqueViolation) throw new Refusal('NOT_NOW')
    throw error
  }
  const [answered] = await new TurnGate(checkout, choice.active).ask([attempt], () => false)
  const answer = answered?.answer
  const verdict = answer ? verdictOfAnswer(answer) : null
  if (verdict) await settleTurns(checkout, [{ attempt, verdict, by }])
  checkout.events.emit({ type: 'attention-changed' })
  const outcome =
    answer?.kind === 'approved'
      ? 'authorized'
      : answer?.kind === 'declined'
        ? 'declined'
        : verdict
          ? 'not-sent'
          : 'unknown'
  return {
    outcome,
    code: answer?.kind === 'declined' ? answer.code : null,
    turn: await attentionTurn(deps, wish.cycleId),
  }
}
