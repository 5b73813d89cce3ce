import type { CycleRule } from '../../../contract/cycle-rule'
import type { CheckoutDeps } from '../../checkout/deps'
import type { Statement } from '../../db/open-database'
import type { ContractCsvRow } from '../../domain/subscription-csv/contract-row'
import type { JobContext } from '../job-kind'
import { Pace } from '../pace'
import { RowSource, type SourceRow } from '../csv-import/row-source'
import { expectSameFile } from '../csv-import/same-file'
import { stepStatement, type SubscriptionImportRow } from './import-rows'
import { readNamed, type Named } from './look-up'
import { contractReading } from './reading'
import { groundOfImport, resolveRow, type ResolveGround } from './resolve'

const ROWS = { first: 30, least: 10, most: 150 }

interface Looked {
  readonly good: { line: number; external: string | null; content: string; shown: string }[]
  readonly faults: { line: number; reason: string; raw: string }[]
  noCard: number
}

const rawOf = ({ externalNumber, customerNumber, phone, email, items }: ContractCsvRow): string =>
  [externalNumber ?? '', customerNumber ?? '', phone, email, items.map(({ code }) => code).join(';')].join(
    ',',
  )

/** What no file says of a fifth weekday that a month has not is as 設定 > 定期 has it. */
const ruleInShop = ({ shipping: { settings } }: ResolveGround, rule: CycleRule): CycleRule =>
  rule.kind === 'month-weekday' && rule.nth === 5 ? { ...rule, missing: settings.missingFifth } : rule

async function lookAt(
  ground: ResolveGround,
  named: Named,
  rows: readonly SourceRow<ContractCsvRow>[],
): Promise<Looked> {
  const looked: Looked = { good: [], faults: [], noCard: 0 }
  const seen = new Set<string>()
  for (const { line, outcome } of rows) {
    if ('broken' in outcome) {
      looked.faults.push(outcome.broken)
      continue
    }
    const { cardToken, ...read } = outcome.row
    const row = { ...read, rule: ruleInShop(ground, read.rule) }
    const external = row.externalNumber
    const found = await resolveRow(ground, named, { ...row, cardId: null, cardToken })
    const twice = external !== null && seen.has(external)
    if ('reasons' in found || twice) {
      const reasons = 'reasons' in found ? [...found.reasons] : []
      if (twice) reasons.push(`同じファイルの中に、定期番号「${external}」の行がほかにもあります。`)
      looked.faults.push({ line, reason: reasons.join(' '), raw: rawOf(outcome.row) })
      continue
    }
    if (external !== null) seen.add(external)
    if (found.contract.shown.noCard) looked.noCard++
    looked.good.push({
      line,
      external,
      content: JSON.stringify({ ...row, cardId: found.contract.cardId }),
      shown: JSON.stringify(found.contract.shown),
    })
  }
  return looked
}

function keepLooked({ database: { db } }: JobContext, importId: string, looked: Looked): Statement[] {
  const staged = looked.good.map(({ line, external, content, shown }) => ({
    import_id: importId,
    line,
    external_number: external,
    content,
    shown,
  }))
  const faults = looked.faults.map(({ line, reason, raw }) => ({ import_id: importId, line, reason, raw }))
  return [
    ...(staged.length > 0
      ? [{ query: db.insertInto('subscription_import_row').values(staged).compile() }]
      : []),
    ...(faults.length > 0
      ? [{ query: db.insertInto('subscription_import_fault').values(faults).compile() }]
      : []),
  ]
}

/** Looks at the rest of the file, chunk by chunk: nothing becomes a contract. */
export async function checkFile(
  context: JobContext,
  deps: CheckoutDeps,
  row: SubscriptionImportRow,
): Promise<'end' | 'cancel' | 'closing'> {
  await expectSameFile(row)
  const { database } = context
  const ground = await groundOfImport(deps)
  const from = { byte: row.byte_offset, line: row.line === 0 ? 1 : row.line }
  const source = await RowSource.open(row.file_path, contractReading(row.reading), from)
  const pace = new Pace(ROWS)
  let { chunk } = row
  try {
    for (;;) {
      if (context.closing.aborted) return 'closing'
      if (context.cancelWanted()) return 'cancel'
      const rows = await source.take(pace.size)
      const last = rows.at(-1)
      if (!last) return 'end'
      const began = performance.now()
      const good = rows.flatMap(({ outcome }) => ('row' in outcome ? [outcome.row] : []))
      const named = await readNamed(database.db, good, { importId: row.id, staged: true })
      const looked = await lookAt(ground, named, rows)
      const step = {
        read: rows.length,
        good: looked.good.length,
        broken: looked.faults.length,
        noCard: looked.noCard,
        byte: last.byte,
        line: last.nextLine,
      }
      await database.batch([
        stepStatement(database, { id: row.id, state: 'checking', chunk }, step),
        ...keepLooked(context, row.id, looked),
        context.progress(last.byte, row.file_size),
      ])
      chunk++
      pace.took(performance.now() - began)
    }
  } finally {
    await source.close()
  }
}
