import { useTranslation } from 'react-i18next'
import type { Gift } from '../../../../../contract/shipments'

/** A gift in a few words, one for each thing; none when it is no gift. */
export function useGiftWords(): (gift: Gift) => string[] {
  const { t } = useTranslation('checkout')
  return ({ noshi, wrapping, bag, message }) =>
    [
      noshi &&
        t('gift.noshiLine', {
          place: t(`gift.places.${noshi.place}`),
          cord: t(`gift.cords.${noshi.cord}`),
          title: noshi.title,
          names: noshi.names.filter((name) => name !== '').join('・'),
        }).trim(),
      wrapping && t('gift.wrapping'),
      bag && t('gift.bag'),
      message !== '' && t('gift.message'),
    ].filter((word) => typeof word === 'string')
}
