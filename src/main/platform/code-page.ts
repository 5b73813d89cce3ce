import { isUtf8 } from 'node:buffer'
import iconv from 'iconv-lite'

/** How the text of a file is written. `cp932` is what Japanese Windows calls Shift_JIS. */
export type CodePage = 'utf-8' | 'cp932'

const BOM = Buffer.from([0xef, 0xbb, 0xbf])

export const bomLength = (bytes: Buffer): number => (bytes.subarray(0, 3).equals(BOM) ? 3 : 0)

/** UTF-16 has zero bytes in every Latin letter: refused with a reason instead of read as nonsense. */
export const looksLikeUtf16 = (bytes: Buffer): boolean =>
  (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff) || bytes.includes(0)

/** The code page of the beginning of a file. A character cut in two at the end of the sample does not count. */
export function detectCodePage(sample: Buffer): CodePage {
  if (bomLength(sample) > 0) return 'utf-8'
  for (let cut = 0; cut < 4; cut++) if (isUtf8(sample.subarray(0, sample.length - cut))) return 'utf-8'
  return 'cp932'
}

/** The delimiter that the first line has more of. */
export function detectDelimiter(firstLine: string): ',' | '\t' {
  const count = (mark: string) => firstLine.split(mark).length
  return count('\t') > count(',') ? '\t' : ','
}

/** What is no character of the code page becomes U+FFFD. */
export const decode = (bytes: Buffer, codePage: CodePage): string =>
  codePage === 'utf-8' ? bytes.toString('utf8') : iconv.decode(bytes, 'cp932')

/** Characters that Windows writes with a twin of CP932 (JIS X 0208 has two readings of these). */
const TWINS: Readonly<Record<string, string>> = {
  '\u301c': '\uff5e',
  '\u2212': '\uff0d',
  '\u2014': '\u2015',
  '\u2016': '\u2225',
  '\u00a5': '\uffe5',
  '\u00a2': '\uffe0',
  '\u00a3': '\uffe1',
  '\u00ac': '\uffe2',
  '\u00a6': '\uffe4',
}

const withTwins = (text: string): string =>
  text.replace(/[\u301c\u2212\u2014\u2016\u00a5\u00a2\u00a3\u00ac\u00a6]/g, (mark) => TWINS[mark] ?? mark)

const known = new Map<string, boolean>()

function inCp932(character: string): boolean {
  if (character <= '\u007f') return true
  const seen = known.get(character)
  if (seen !== undefined) return seen
  const fits = iconv.decode(iconv.encode(character, 'cp932'), 'cp932') === character
  known.set(character, fits)
  return fits
}

/** The characters of a text that CP932 does not have, each once. */
export const outsideCp932 = (text: string): string[] => [
  ...new Set([...withTwins(text)].filter((character) => !inCp932(character))),
]

/** Text in a code page. What CP932 lacks is written as 〓, the printers' mark for a missing character. */
export function encode(text: string, codePage: CodePage): Buffer {
  if (codePage === 'utf-8') return Buffer.from(text)
  const written = [...withTwins(text)].map((character) => (inCp932(character) ? character : '〓')).join('')
  return iconv.encode(written, 'cp932')
}
