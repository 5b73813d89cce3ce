import { sql, type RawBuilder, type SqlBool } from 'kysely'

/** The customers of these imports must not be seen: staged ones before their switch, undone ones after it. */
const HIDDEN_IMPORTS = sql`select customer_import.id from customer_import where customer_import.hidden = 1`

/**
 * The condition of every list, search, suggestion and count of customers: in use (not merged, not anonymised), and not
 * of an import that is hidden. It reads the imports' own rows, so that it is right at every seat at the same moment;
 * both databases work out the few hidden ones once a query, from an index that is empty when there is none.
 *
 * `table` is the name or alias of the customers in the query.
 */
export function visibleCustomer(table = 'customer'): RawBuilder<SqlBool> {
  return sql<SqlBool>`(${sql.ref(`${table}.status`)} = 'active' and ${notOfHiddenImport(table)})`
}

/** The half of `visibleCustomer` that concerns imports, for queries that look at the status themselves. */
export function notOfHiddenImport(table = 'customer'): RawBuilder<SqlBool> {
  const importId = sql.ref(`${table}.import_id`)
  return sql<SqlBool>`(${importId} is null or ${importId} not in (${HIDDEN_IMPORTS}))`
}
