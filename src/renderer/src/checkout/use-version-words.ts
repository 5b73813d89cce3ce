import { useTranslation } from 'react-i18next'
import type { CheckoutForm } from '../../../contract/checkout'
import type { Shipment, ShipTo } from '../../../contract/shipments'
import { CustomerFields } from '../../../contract/customers'
import { formatPhone, formatPostalCode } from '../../../contract/text'
import { formatPlainDate } from '../lib/format'
import { usePlanWords } from '../ui/use-plan-words'
import { useTermsWords } from '../features/subscription-registration/use-terms-words'
import { useGiftWords } from './2-form/delivery/use-gift-words'
import type { DeskView } from './draft/state'

const NAMED = [
  'customer',
  'lines',
  'shipments',
  'channel',
  'offerCode',
  'medium',
  'payment',
  'note',
  'discount',
  'plan',
  'terms',
] as const

/** A delivery in one line. */
function useDeliveryWords(): (shipment: Shipment) => string {
  const { t } = useTranslation('checkout')
  const gift = useGiftWords()
  const shipTo = (to: ShipTo): string => {
    if (to.kind === 'customer') return t('conflict.toCustomer')
    if (to.kind === 'saved') return t('delivery.toSaved')
    const address = [to.prefecture, to.city, to.address, to.building].join('')
    return [to.name, formatPostalCode(to.postalCode), address, formatPhone(to.phone)]
      .filter(Boolean)
      .join(' ')
  }
  return (shipment) =>
    [
      shipTo(shipment.shipTo),
      shipment.deliverOn === null ? t('delivery.earliest') : formatPlainDate(shipment.deliverOn),
      shipment.slotCode ?? '',
      ...gift(shipment.gift),
    ]
      .filter(Boolean)
      .join(' ')
}

/** A field of the form in words, for the comparison of two versions. */
export function useVersionWords() {
  const { t } = useTranslation('checkout')
  const delivery = useDeliveryWords()
  const plan = usePlanWords()
  const terms = useTermsWords()

  /** Whatever a field may hold, in words: for those that have no better. */
  const plain = (value: unknown): string => {
    if (value === null || value === undefined || value === '') return ''
    if (typeof value === 'boolean') return t(value ? 'conflict.yes' : 'conflict.no')
    if (typeof value === 'object') return Object.values(value).map(plain).filter(Boolean).join(' ')
    return String(value)
  }
  const customer = (form: CheckoutForm['customer'], view: DeskView): string => {
    if (form.kind === 'none') return formatPhone(form.phone)
    if (form.kind === 'existing') return view.customerName ?? t('conflict.existingCustomer')
    const { familyName, givenName } = form.fields
    return t('conflict.newCustomer', { name: `${familyName} ${givenName}`.trim() })
  }
  const lines = (rows: CheckoutForm['lines'], view: DeskView): string =>
    rows
      .map(({ productId, quantity }) => {
        const name = view.quote.lines.find((line) => line.productId === productId)?.name
        return t('conflict.line', { name: name ?? t('conflict.product'), quantity })
      })
      .join('、')
  const payment = ({ method }: CheckoutForm['payment'], { card }: DeskView): string =>
    method === null
      ? ''
      : [t(`readBack.methods.${method}`), method === 'card' && card ? `${card.brand} ${card.last3}` : '']
          .filter(Boolean)
          .join(' ')
  const words = (path: string, value: unknown, view: DeskView): string => {
    const { form } = view
    switch (path) {
      case 'customer':
        return customer(form.customer, view)
      case 'lines':
        return lines(form.lines, view)
      case 'shipments':
        return form.shipments.map(delivery).join(' ／ ')
      case 'channel':
        return t(`channel.kinds.${form.channel}`)
      case 'payment':
        return payment(form.payment, view)
      case 'terms':
        return form.terms ? terms(form.terms) : ''
      case 'plan':
        return plan(form.plan)
      case 'discount':
        return form.discount
          ? `${form.discount.value}${t(`discount.units.${form.discount.unit}`)} ${form.discount.reason}`
          : ''
      default:
        return plain(value)
    }
  }

  return {
    label(path: string): string {
      const field = CustomerFields.keyof().safeParse(path.replace(/^customer\.fields\./, ''))
      if (field.success) return t('conflict.customerField', { field: t(`customer.fields.${field.data}`) })
      const named = NAMED.find((name) => name === path)
      return t(named === undefined ? 'conflict.fields.other' : `conflict.fields.${named}`)
    },
    value: (path: string, value: unknown, view: DeskView): string =>
      words(path, value, view) || t('conflict.nothing'),
  }
}
