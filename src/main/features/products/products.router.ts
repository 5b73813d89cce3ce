import { implement } from '@orpc/server'
import type { Kysely } from 'kysely'
import { products } from '../../../contract/products'
import { yen } from '../../../contract/values'
import type { Database } from '../../db/database.types'
import { businessDate } from '../../domain/calendar/tokyo'
import type { CallContext } from '../../platform/call-context'
import type { Clock } from '../../platform/clock'
import { ratesOn, searchProducts } from './products.repository'

const os = implement(products).$context<CallContext>()

export function productsRouter(door: { db(): Kysely<Database>; clock: Clock }) {
  return os.router({
    search: os.search.handler(async ({ input }) => {
      const [rows, rates] = await Promise.all([
        searchProducts(door.db(), input.text, 20),
        ratesOn(door.db(), businessDate(door.clock.now())),
      ])
      return rows.map((row) => ({
        id: row.id,
        code: row.code,
        name: row.name,
        kana: row.kana,
        price: yen(row.price),
        taxClass: row.tax_class,
        ratePercent: rates.get(row.tax_class) ?? 0,
        temperature: row.temperature,
      }))
    }),
  })
}
