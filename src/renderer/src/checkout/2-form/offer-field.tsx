import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OfferSummary } from '../../../../contract/offers'
import { api } from '../../lib/client'
import { useDraft, useDraftState } from '../draft/draft-context'
import { SearchBox } from '../parts/search-box'
import styles from './form.module.css'

const PAUSE_MS = 100

/** 申込番号 of the advertisement that the caller names: typed, or chosen among those that run. */
export function OfferField() {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const { form } = useDraftState()
  const [picked, setPicked] = useState(form.offerCode)
  const text = form.offerCode
  const [asked] = useDebouncedValue(text, PAUSE_MS)
  const wanted = text.trim() !== '' && text !== picked
  const query = useQuery({
    ...api.offers.search.queryOptions({ input: { text: asked.trim() } }),
    enabled: wanted && asked.trim() !== '',
    placeholderData: keepPreviousData,
  })
  const items = (wanted && query.data) || []
  const settled = asked === text && !query.isFetching && (query.isSuccess || query.isError)
  const pick = (offer: OfferSummary) => {
    setPicked(offer.code)
    draft.edit((before) => ({ ...before, offerCode: offer.code, medium: offer.medium.name }))
    void draft.flush()
  }
  return (
    <SearchBox
      label={t('channel.offerCode')}
      value={text}
      onType={(value) => draft.edit((before) => ({ ...before, offerCode: value.slice(0, 20) }))}
      items={items}
      keyOf={(offer) => offer.id}
      render={(offer) => (
        <span className={styles.foundOffer}>
          <span>{offer.code}</span>
          <span>{offer.name}</span>
          <span>{offer.medium.name}</span>
        </span>
      )}
      onPick={pick}
      listLabel={t('channel.offers')}
      settled={settled}
      open={wanted && items.length > 0}
      enterTakes="only"
      status={t('channel.found', { count: items.length })}
      path="offerCode"
      onBlur={() => {
        setPicked(draft.state().form.offerCode)
        void draft.flush()
      }}
    />
  )
}
