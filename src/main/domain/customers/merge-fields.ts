import type { MergeChoice, MergeField } from '../../../contract/customer-merge'

/** The columns of a customer that a merge may write over. */
export interface MergeColumns {
  readonly family_name: string
  readonly given_name: string
  readonly family_kana: string
  readonly given_kana: string
  readonly phone: string
  readonly phone_last4: string
  readonly email: string | null
  readonly postal_code: string
  readonly prefecture: string
  readonly city: string
  readonly address: string
  readonly building: string | null
  readonly company: string | null
  readonly sex: 'male' | 'female' | 'other' | null
  readonly birthday: string | null
  readonly job_code: number | null
  readonly mail_consent: 'unknown' | 'yes' | 'no'
  readonly dm_consent: 'unknown' | 'yes' | 'no'
  readonly note: string | null
  readonly blacklist: 'none' | 'candidate' | 'listed'
  readonly blacklist_reason: string | null
}

type Column = keyof MergeColumns

/** Which columns are one choice. */
export const FIELD_COLUMNS: Readonly<Record<MergeField, readonly Column[]>> = {
  name: ['family_name', 'given_name'],
  kana: ['family_kana', 'given_kana'],
  phone: ['phone', 'phone_last4'],
  email: ['email'],
  address: ['postal_code', 'prefecture', 'city', 'address', 'building'],
  company: ['company'],
  sex: ['sex'],
  birthday: ['birthday'],
  job: ['job_code'],
  mailConsent: ['mail_consent'],
  dmConsent: ['dm_consent'],
  note: ['note'],
}

const CONSENTS: ReadonlySet<MergeField> = new Set(['mailConsent', 'dmConsent'])
/** Columns of a メモ of two: the longest that the screens take. */
const NOTE_LIMIT = 2000

const isBlank = (value: unknown): boolean => value === null || value === '' || value === 'unknown'
const valuesOf = (row: MergeColumns, field: MergeField): string =>
  JSON.stringify(FIELD_COLUMNS[field].map((column) => row[column] ?? ''))
const isEmpty = (row: MergeColumns, field: MergeField): boolean =>
  FIELD_COLUMNS[field].every((column) => isBlank(row[column]))

/** Two notes as one; null when it would be too long. */
const bothNotes = (kept: MergeColumns, merged: MergeColumns): string | null => {
  const text = [kept.note, merged.note].filter((note) => !isBlank(note)).join('\n')
  return text.length > NOTE_LIMIT ? null : text
}

/**
 * What the desk proposes: the kept customer's value, or the other's where there is none. Who does not want mail or DM is
 * believed on either side, and two different notes are kept both.
 */
export function proposedChoice(field: MergeField, kept: MergeColumns, merged: MergeColumns): MergeChoice {
  if (CONSENTS.has(field)) {
    const [column] = FIELD_COLUMNS[field]
    if (column && merged[column] === 'no' && kept[column] !== 'no') return 'merged'
  }
  if (isEmpty(kept, field) && !isEmpty(merged, field)) return 'merged'
  if (field !== 'note' || isEmpty(merged, field)) return 'kept'
  return valuesOf(kept, field) !== valuesOf(merged, field) && bothNotes(kept, merged) !== null
    ? 'both'
    : 'kept'
}

const STRICTNESS = ['none', 'candidate', 'listed'] as const

/** A standing on the blacklist is never lost by a merge: the stricter one stays. */
function standingOf(kept: MergeColumns, merged: MergeColumns): Partial<MergeColumns> {
  const isStricter = STRICTNESS.indexOf(merged.blacklist) > STRICTNESS.indexOf(kept.blacklist)
  return isStricter ? { blacklist: merged.blacklist, blacklist_reason: merged.blacklist_reason } : {}
}

/** The columns of the kept customer that change by these choices, and only those. */
export function mergedColumns(
  kept: MergeColumns,
  merged: MergeColumns,
  choices: Readonly<Record<MergeField, MergeChoice>>,
): Partial<MergeColumns> {
  const taken = Object.entries(FIELD_COLUMNS).flatMap(([field, columns]) => {
    const choice = Object.entries(choices).find(([name]) => name === field)?.[1]
    if (field === 'note' && choice === 'both') return [['note', bothNotes(kept, merged) ?? kept.note]]
    return choice === 'merged' ? columns.map((column) => [column, merged[column]]) : []
  })
  const after: Record<string, unknown> = { ...Object.fromEntries(taken), ...standingOf(kept, merged) }
  const before: Record<string, unknown> = { ...kept }
  return Object.fromEntries(Object.entries(after).filter(([column, value]) => before[column] !== value))
}
