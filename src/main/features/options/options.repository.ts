import type { Kysely, Selectable } from 'kysely'
import type { OptionEvent, OptionState } from '../../../contract/options'
import type { Database } from '../../db/database.types'
import type { OptionContractTable } from '../../db/option-tables.types'
import { Refusal } from '../../platform/refusal'

export type ContractRow = Selectable<OptionContractTable>

export const contractRow = (db: Kysely<Database>): Promise<ContractRow> =>
  db.selectFrom('option_contract').selectAll().where('name', '=', 'keypad').executeTakeFirstOrThrow()

export interface Step {
  readonly id: string
  readonly event: OptionEvent
  readonly from: OptionState
  readonly to: OptionState
  readonly at: number
  readonly by: string
  readonly note: string
}

/** Moves the contract over the version that was seen, and writes down who did it. Refuses a stale one. */
export async function moveContract(
  trx: Kysely<Database>,
  seenVersion: number,
  step: Step,
  answerDueOn: string | null,
): Promise<void> {
  const moved = await trx
    .updateTable('option_contract')
    .set({ state: step.to, answer_due_on: answerDueOn, version: seenVersion + 1 })
    .where('name', '=', 'keypad')
    .where('version', '=', seenVersion)
    .executeTakeFirst()
  if (Number(moved.numUpdatedRows) !== 1) {
    throw new Refusal('STALE', { version: (await contractRow(trx)).version })
  }
  await trx
    .insertInto('option_step')
    .values({
      id: step.id,
      option_name: 'keypad',
      event: step.event,
      from_state: step.from,
      to_state: step.to,
      at: step.at,
      done_by: step.by,
      note: step.note,
    })
    .execute()
}

/** All steps, newest first, with the names of those who took them. */
export const stepRows = (db: Kysely<Database>) =>
  db
    .selectFrom('option_step')
    .innerJoin('staff_user', 'staff_user.id', 'option_step.done_by')
    .selectAll('option_step')
    .select('staff_user.name as done_by_name')
    .where('option_name', '=', 'keypad')
    .orderBy('at', 'desc')
    .orderBy('option_step.id', 'desc')
    .limit(100)
    .execute()

/** The shop and the person that an application names. */
export const applicantOf = (db: Kysely<Database>, userId: string) =>
  db
    .selectFrom('staff_user')
    .innerJoin('shop', 'shop.id', 'staff_user.shop_id')
    .select([
      'staff_user.name as user_name',
      'staff_user.email',
      'shop.name as shop_name',
      'shop.code',
      'shop.postal_code',
      'shop.address',
      'shop.phone',
    ])
    .where('staff_user.id', '=', userId)
    .executeTakeFirstOrThrow()
