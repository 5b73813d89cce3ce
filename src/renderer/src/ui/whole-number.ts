/**
 * A whole number as people type it: digits of any width, with ¥, 円 or commas. Null for an empty field; undefined for what
 * is no whole number (yet).
 */
export function readWhole(typed: string): number | null | undefined {
  const plain = typed
    .normalize('NFKC')
    .replace(/[\s,、¥\\円]/gu, '')
    .replace(/^[\p{Pd}ー−]/u, '-')
  if (plain === '') return null
  return /^-?\d{1,9}$/.test(plain) ? Number(plain) : undefined
}
