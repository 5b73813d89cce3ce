import { HELP_KINDS, type HelpKind } from '../../../../contract/help-texts'

/** What is searched for and read. */
export interface HelpView {
  readonly text: string
  readonly kind: HelpKind | null
  /** Entry that is read; the first one found when it is not among them. */
  readonly chosen: string | null
}

export const HELP_ADDRESS = '/help/codes'

/** The address of a view; what is read stands in it, so that it can be sent to a colleague. */
export function addressOfHelp({ text, kind, chosen }: HelpView): string {
  const params = new URLSearchParams()
  if (text !== '') params.set('text', text)
  if (kind !== null) params.set('kind', kind)
  if (chosen !== null) params.set('entry', chosen)
  const query = params.toString()
  return query === '' ? HELP_ADDRESS : `${HELP_ADDRESS}?${query}`
}

/** The view of an address: `/help/codes/106` searches for the code, both of its meanings. */
export function helpViewOf(code: string | null, search: string): HelpView {
  const params = new URLSearchParams(search)
  return {
    text: (params.get('text') ?? code ?? '').slice(0, 60),
    kind: HELP_KINDS.find((kind) => kind === params.get('kind')) ?? null,
    chosen: params.get('entry'),
  }
}
