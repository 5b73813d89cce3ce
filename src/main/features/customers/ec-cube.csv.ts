import type { Kysely } from 'kysely'
import type { Database } from '../../db/database.types'
import { writtenInstant } from '../../domain/customer-csv/dates'
import {
  EC_CUBE_COLUMNS,
  JOBS,
  MEMBER_WORD,
  SEX_WORDS,
  SEXES,
  STATUS,
} from '../../domain/customer-csv/ec-cube'
import { PREFECTURES } from '../../domain/people/contact-fields'
import { csvLine } from '../../platform/csv'
import type { ListedCustomer } from './customer-list.repository'

/** The head line of EC-CUBE 4's customer file. */
export const EC_CUBE_HEAD = csvLine(EC_CUBE_COLUMNS)

const written = (at: number | null | undefined): string => (at ? writtenInstant(at) : '')

function lineOf(row: ListedCustomer, firstOrder: number | undefined): string {
  const prefecture = PREFECTURES.indexOf(row.prefecture) + 1
  return csvLine([
    row.number,
    row.family_name,
    row.given_name,
    row.family_kana,
    row.given_kana,
    row.company,
    row.postal_code,
    prefecture || null,
    row.prefecture,
    row.city,
    [row.address, row.building].filter(Boolean).join(' '),
    row.email,
    row.phone,
    row.sex === null ? null : SEXES.indexOf(row.sex) + 1,
    row.sex === null ? '' : SEX_WORDS[row.sex],
    row.job_code,
    row.job_code === null ? '' : (JOBS[row.job_code - 1] ?? ''),
    row.birthday === null ? '' : `${row.birthday} 00:00:00`,
    written(firstOrder),
    written(row.last_ordered_at),
    row.order_count,
    row.note,
    STATUS.member,
    MEMBER_WORD,
    writtenInstant(row.created_at),
    writtenInstant(row.updated_at),
  ])
}

/** Customers in the 26 columns of EC-CUBE 4; the import reads them back as they were. */
export async function ecCubeLines(db: Kysely<Database>, rows: readonly ListedCustomer[]): Promise<string> {
  const buyers = rows.filter(({ order_count: count }) => count > 0).map(({ id }) => id)
  const firsts =
    buyers.length === 0
      ? []
      : await db
          .selectFrom('sales_order')
          .select((eb) => ['customer_id', eb.fn.min('ordered_at').as('first')])
          .where('customer_id', 'in', buyers)
          .where('status', '!=', 'cancelled')
          .groupBy('customer_id')
          .execute()
  const first = new Map(firsts.map((one) => [one.customer_id, Number(one.first)]))
  return rows.map((row) => lineOf(row, first.get(row.id))).join('')
}
