/** Scheme of the links that ring: `uketsuke://call?tel=0312345678`. */
export const CALL_SCHEME = 'uketsuke'

/** Longest link that is looked at, in characters. */
const MAX_LINK = 300
/** Most calls that one start of the program can bring. */
const MAX_CALLS = 3

const isLink = (argument: string): boolean => argument.toLowerCase().startsWith(`${CALL_SCHEME}:`)

/** `tel` of a call link; null for every other address. No other parameter is read. */
export function callOfLink(link: string): string | null {
  if (link.length > MAX_LINK || !isLink(link)) return null
  let url: URL
  try {
    url = new URL(link)
  } catch {
    return null
  }
  if (url.hostname.toLowerCase() !== 'call' || (url.pathname !== '' && url.pathname !== '/')) return null
  if (url.username !== '' || url.password !== '' || url.port !== '') return null
  return url.searchParams.get('tel')
}

export interface CallArguments {
  /** What stands for callers, as it came. */
  readonly callers: readonly { readonly text: string; readonly source: 'argument' | 'link' }[]
  /** True when a call was meant, even one that cannot be read: such a start never brings the window forward. */
  readonly meant: boolean
}

/** The calls that a command line brings: `--call 0312345678`, `--call=…`, and call links. */
export function callArguments(argv: readonly string[]): CallArguments {
  const callers: { text: string; source: 'argument' | 'link' }[] = []
  let meant = false
  const take = (text: string | null | undefined, source: 'argument' | 'link') => {
    meant = true
    if (typeof text === 'string' && callers.length < MAX_CALLS) callers.push({ text, source })
  }
  for (const [index, argument] of argv.entries()) {
    if (argument === '--call') take(argv[index + 1], 'argument')
    else if (argument.startsWith('--call=')) take(argument.slice('--call='.length), 'argument')
    else if (isLink(argument) && argv[index - 1] !== '--call') take(callOfLink(argument), 'link')
  }
  return { callers, meant }
}
