import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { Offer, OfferFields } from '../../../../contract/offers'
import { api, client } from '../../lib/client'
import { useVersionedForm, type Kept } from '../../ui/use-versioned-form'

/** A product of the offer with what the form shows of it. */
export type Advertised = Offer['products'][number]

/** An offer as it is typed: the medium may not be chosen yet. */
export type OfferDraft = Omit<OfferFields, 'mediumId' | 'products'> & {
  mediumId: string | null
  products: readonly Advertised[]
}

/** An offer that is kept, or a new one. */
export interface StoredOffer extends Kept<OfferDraft> {
  readonly id: string | null
}

export function storedOf(offer: Offer): StoredOffer & { id: string } {
  const { id, version, state: _state, ...values } = offer
  return { id, version, values }
}

/** The form of an offer; a new one gets its own address once it is kept. */
export function useOfferForm(stored: StoredOffer) {
  const { t } = useTranslation('offers')
  const queries = useQueryClient()
  const [, go] = useLocation()
  const keep = async (values: OfferDraft, base: Kept<OfferDraft>): Promise<Offer> => {
    const products = values.products.map(({ productId, price, subscription }) => ({
      productId,
      price,
      subscription,
    }))
    const fields = { ...values, mediumId: values.mediumId ?? '', products }
    const { id } = stored
    if (id === null || base.version === null) return client.offers.add({ fields })
    return client.offers.save({ id, version: base.version, fields })
  }
  const form = useVersionedForm<OfferDraft>({
    stored,
    save: async (values, base) => {
      const offer = await keep(values, base)
      queries.setQueryData(api.offers.get.queryKey({ input: { id: offer.id } }), offer)
      if (stored.id === null) go(`/offers/${offer.id}`, { replace: true })
      return storedOf(offer)
    },
    latest: async () => storedOf(await client.offers.get({ id: stored.id ?? '' })),
    onSaved: () => void queries.invalidateQueries({ queryKey: api.offers.list.key() }),
    said: t('detail.saved'),
  })
  return {
    ...form,
    save: () => {
      if (form.values.mediumId === null) form.refuse(new Map([['mediumId', t('detail.required')]]))
      else form.save()
    },
  }
}
