import type { Kysely, Selectable } from 'kysely'
import {
  CustomerMailKind,
  CustomerMailSettings,
  type MailTemplateText,
  type MailTemplateView,
} from '../../../contract/customer-mails'
import type { MailTemplateTable } from '../../db/customer-mail-tables.types'
import type { Database } from '../../db/database.types'
import { STANDARD_TEXTS } from '../../domain/customer-mails/standard-texts'
import { PLACEHOLDERS, SAMPLE, unknownNames } from '../../domain/customer-mails/template'
import { Refusal } from '../../platform/refusal'
import { readSetting, writeSetting } from '../settings/settings.service'
import type { CustomerMailsDeps } from './deps'

type TemplateRow = Selectable<MailTemplateTable>

const textOf = (row: TemplateRow): MailTemplateText => ({
  subject: row.subject ?? STANDARD_TEXTS[row.kind].subject,
  body: row.body ?? STANDARD_TEXTS[row.kind].body,
})

const viewOf = (row: TemplateRow): MailTemplateView => ({
  kind: row.kind,
  ...textOf(row),
  active: row.active === 1,
  standard: STANDARD_TEXTS[row.kind],
  placeholders: PLACEHOLDERS[row.kind].map((name) => ({ name, sample: SAMPLE[name] ?? '' })),
  version: row.version,
})

export async function templates(db: Kysely<Database>): Promise<MailTemplateView[]> {
  const rows = await db.selectFrom('mail_template').selectAll().execute()
  const order = (kind: CustomerMailKind) => CustomerMailKind.options.indexOf(kind)
  return rows.toSorted((a, b) => order(a.kind) - order(b.kind)).map(viewOf)
}

/** The texts in use, by kind. */
export async function textsInUse(
  db: Kysely<Database>,
): Promise<ReadonlyMap<CustomerMailKind, MailTemplateText>> {
  const rows = await db.selectFrom('mail_template').selectAll().execute()
  return new Map(rows.map((row) => [row.kind, textOf(row)]))
}

export async function kindsOn(db: Kysely<Database>): Promise<ReadonlySet<CustomerMailKind>> {
  const rows = await db.selectFrom('mail_template').select('kind').where('active', '=', 1).execute()
  return new Set(rows.map(({ kind }) => kind))
}

type TemplateChange = MailTemplateText & {
  readonly kind: CustomerMailKind
  readonly version: number
  readonly active: boolean
}

function faultsOf(change: TemplateChange): { path: string; message: string }[] {
  const faults: { path: string; message: string }[] = []
  if (change.subject.trim() === '') faults.push({ path: 'subject', message: '件名を入力してください。' })
  if (/[\r\n]/.test(change.subject)) {
    faults.push({ path: 'subject', message: '件名は1行で入力してください。' })
  }
  if (change.body.trim() === '') faults.push({ path: 'body', message: '本文を入力してください。' })
  for (const path of ['subject', 'body'] as const) {
    const names = unknownNames(change.kind, { subject: '', body: change[path] })
    if (names.length === 0) continue
    const shown = names.map((name) => `{${name}}`).join('、')
    faults.push({ path, message: `このメールで使えない差し込みがあります: ${shown}` })
  }
  return faults
}

/** Keeps a text over the version that was seen; the program's own is kept as none. */
export async function saveTemplate(
  deps: CustomerMailsDeps,
  change: TemplateChange,
  by: string,
): Promise<MailTemplateView> {
  const { db } = deps.database
  const faults = faultsOf(change)
  if (faults.length > 0) throw new Refusal('INVALID_FIELDS', { fields: faults })
  const standard = STANDARD_TEXTS[change.kind]
  const own = (path: 'subject' | 'body') => (change[path] === standard[path] ? null : change[path])
  const saved = await db
    .updateTable('mail_template')
    .set({
      subject: own('subject'),
      body: own('body'),
      active: change.active ? 1 : 0,
      updated_at: deps.clock.now(),
      updated_by: by,
      version: change.version + 1,
    })
    .where('kind', '=', change.kind)
    .where('version', '=', change.version)
    .executeTakeFirst()
  const row = await db
    .selectFrom('mail_template')
    .selectAll()
    .where('kind', '=', change.kind)
    .executeTakeFirstOrThrow()
  if (Number(saved.numUpdatedRows) !== 1) throw new Refusal('STALE', { version: row.version })
  return viewOf(row)
}

const KEY = 'customer-mails'
const DEFAULTS: CustomerMailSettings = { deadlineDaysBefore: 3, cardDaysBefore: 30 }

export async function mailDays(db: Kysely<Database>) {
  const { version, value } = await readSetting(db, KEY, CustomerMailSettings, DEFAULTS)
  return { version, settings: value }
}

export async function saveMailDays(
  deps: CustomerMailsDeps,
  change: { version: number; settings: CustomerMailSettings },
  by: string,
) {
  const { version: seenVersion, settings: value } = change
  const now = deps.clock.now()
  const version = await writeSetting(deps.database.db, { key: KEY, value, seenVersion, by, now })
  return { version, settings: value }
}
