import { Skeleton, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client'
import { today } from '../../lib/today'
import { BackLink } from '../../ui/back-link'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel } from '../../ui/states'
import { useBackKey } from '../../ui/use-back-key'
import { OfferStateChip } from './offer-columns'
import { OfferForm } from './offer-form'
import { storedOf, type OfferDraft } from './use-offer-form'

/** An offer of 広告・オファー. */
export function OfferPage({ id }: { id: string }) {
  const { t } = useTranslation('offers')
  useBackKey('/offers')
  const offer = useQuery(api.offers.get.queryOptions({ input: { id } }))
  const session = useQuery(api.auth.session.queryOptions())
  const writable = session.data?.permissions.includes('product.write') ?? false
  const { data } = offer
  return (
    <Stack className="pageBody" gap={14}>
      <div className={pageHead.head}>
        <BackLink list="/offers">{t('detail.back')}</BackLink>
        <Title order={1}>{data ? `${data.code} ${data.name}` : t('detail.opening')}</Title>
        {data && <OfferStateChip state={data.state} />}
        <div className={pageHead.rest} />
      </div>
      {offer.isError && <ErrorPanel error={offer.error} onRetry={() => void offer.refetch()} />}
      {offer.isPending && <Skeleton height={420} aria-hidden="true" />}
      {data && <OfferForm stored={storedOf(data)} writable={writable} />}
    </Stack>
  )
}

const emptyOffer = (today: string): OfferDraft => ({
  code: '',
  name: '',
  mediumId: null,
  legalMode: 'mail-order',
  statutory: true,
  wholeRange: false,
  validFrom: today,
  validTo: null,
  note: '',
  active: true,
  products: [],
})

/** An offer that is not there yet. */
export function NewOfferPage() {
  const { t } = useTranslation('offers')
  const [values] = useState(() => emptyOffer(today()))
  useBackKey('/offers')
  return (
    <Stack className="pageBody" gap={14}>
      <div className={pageHead.head}>
        <BackLink list="/offers">{t('detail.back')}</BackLink>
        <Title order={1}>{t('detail.new')}</Title>
        <div className={pageHead.rest} />
      </div>
      <OfferForm stored={{ id: null, version: null, values }} writable />
    </Stack>
  )
}
