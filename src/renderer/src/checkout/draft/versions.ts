import { CheckoutForm } from '../../../../contract/checkout'
import type { Terms } from '../../features/subscription-registration/terms'
import { sameForm, valueAt } from './paths'
import type { DeskForm } from './state'

type Side = 'mine' | 'theirs'

/** A field in which this screen and what is saved differ. */
export interface Difference {
  /** A field of the form, or `customer.fields.…` when both hold a new customer. */
  readonly path: string
  readonly mine: unknown
  readonly theirs: unknown
  /** Who changed it since both were the same. */
  readonly changedBy: 'mine' | 'theirs' | 'both'
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Paths that are compared: the fields of the form, and within a new customer each of its own. */
function pathsOf(mine: CheckoutForm, theirs: CheckoutForm): string[] {
  const keys = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])]
  return keys.flatMap((key) => {
    const both = key === 'customer' && mine.customer.kind === 'new' && theirs.customer.kind === 'new'
    const fields = both ? valueAt(mine, 'customer.fields') : null
    return isRecord(fields) ? Object.keys(fields).map((field) => `customer.fields.${field}`) : [key]
  })
}

/** Where two forms differ, and who changed it since `base`. */
export function differences(base: CheckoutForm, mine: CheckoutForm, theirs: CheckoutForm): Difference[] {
  return pathsOf(mine, theirs).flatMap((path) => {
    const [here, there, before] = [valueAt(mine, path), valueAt(theirs, path), valueAt(base, path)]
    if (sameForm(here, there)) return []
    const changedBy = sameForm(here, before) ? 'theirs' : sameForm(there, before) ? 'mine' : 'both'
    return [{ path, mine: here, theirs: there, changedBy }]
  })
}

/** What stands chosen before anybody chooses: the side that changed the field. Where both did, nothing. */
export const firstChoices = (found: readonly Difference[]): ReadonlyMap<string, Side> =>
  new Map(
    found.flatMap(({ path, changedBy }): [string, Side][] =>
      changedBy === 'both' ? [] : [[path, changedBy]],
    ),
  )

function withValue(record: Readonly<Record<string, unknown>>, path: string, value: unknown): object {
  const [key = '', ...rest] = path.split('.')
  if (rest.length === 0) return { ...record, [key]: value }
  const inner = record[key]
  return { ...record, [key]: withValue(isRecord(inner) ? inner : {}, rest.join('.'), value) }
}

/** What is saved, with this screen's fields where they were chosen. */
export function merged(
  theirs: DeskForm,
  found: readonly Difference[],
  choices: ReadonlyMap<string, Side>,
  ownTerms?: Terms,
): DeskForm {
  let form: object = theirs
  for (const { path, mine } of found) {
    if (choices.get(path) === 'mine') form = withValue({ ...form }, path, mine)
  }
  const terms = choices.get('terms') === 'mine' ? ownTerms : theirs.terms
  return { ...CheckoutForm.parse(form), ...(terms && { terms }) }
}
