/** 送料 of a prefecture where it is not the usual one. */
export interface PrefectureFee {
  readonly prefecture: string
  /** Yen, tax included. */
  readonly fee: number
  /** 送料無料の対象外: paid however much is ordered. */
  readonly neverFree: boolean
}

export interface ShippingRules {
  /** Yen a parcel, tax included, wherever no other fee is set. */
  readonly shipping: number
  readonly byPrefecture: readonly PrefectureFee[]
  /** Goods of this sum ship free; null: never. */
  readonly freeShippingFrom: number | null
  /** What must reach that sum: the goods of the whole order, or those of each parcel. */
  readonly freeShippingPer: 'order' | 'shipment'
  /** クール便: on top of the fee of a parcel with chilled or frozen goods; free shipping does not cover it. */
  readonly coolFee: number
}

/** One parcel: where it goes, and its goods in yen with tax. */
export interface Parcel {
  /** Null: not known yet. */
  readonly prefecture: string | null
  readonly goods: number
  readonly cool: boolean
}

export interface ShippingTotals {
  /** Yen of each parcel. */
  readonly fees: readonly number[]
  /** Yen of goods that are missing for free shipping; null when nothing would come free. */
  readonly missing: number | null
}

/** 送料 of each parcel, when the goods of all of them come to `whole` yen. A parcel without goods costs nothing. */
export function shippingOf(parcels: readonly Parcel[], whole: number, rules: ShippingRules): ShippingTotals {
  const { freeShippingFrom: from } = rules
  const missing: number[] = []
  const fees = parcels.map(({ prefecture, goods, cool }) => {
    if (goods === 0) return 0
    const own = rules.byPrefecture.find((row) => row.prefecture === prefecture)
    const extra = cool ? rules.coolFee : 0
    const fee = own?.fee ?? rules.shipping
    if (from === null || own?.neverFree) return fee + extra
    const reached = rules.freeShippingPer === 'order' ? whole : goods
    if (reached >= from) return extra
    missing.push(from - reached)
    return fee + extra
  })
  return { fees, missing: missing.length === 0 ? null : Math.min(...missing) }
}
