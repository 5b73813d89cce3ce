/**
 * Splits yen over parts in proportion to them, each share whole and at most its part; what a fraction leaves over goes to
 * the largest fractions, the earlier part first. More than the sum of all parts is not split. Parts are not negative.
 */
export function splitProRata(yen: number, parts: readonly number[]): readonly number[] {
  const whole = parts.reduce((sum, part) => sum + part, 0)
  const wanted = Math.min(Math.max(yen, 0), whole)
  if (whole === 0) return parts.map(() => 0)
  // Amounts may be a thousand million yen each: their product is beyond what a number holds exactly.
  const exact = parts.map((part) => {
    const product = BigInt(wanted) * BigInt(part)
    return { share: Number(product / BigInt(whole)), rest: Number(product % BigInt(whole)) }
  })
  const shares = exact.map(({ share }) => share)
  let left = wanted - shares.reduce((sum, share) => sum + share, 0)
  const byRest = exact
    .map(({ rest }, index) => ({ rest, index }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index)
  for (const { index } of byRest) {
    if (left === 0) break
    shares[index] = (shares[index] ?? 0) + 1
    left -= 1
  }
  return shares
}
