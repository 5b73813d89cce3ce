import { useTranslation } from 'react-i18next'
import { CheckoutForm, type CheckoutView } from '../../../contract/checkout'
import { CustomerFields } from '../../../contract/customers'
import { formatPhone, formatPostalCode } from '../../../contract/text'
import { formatPlainDate } from '../lib/format'

const NAMED = ['customer', 'lines', 'shipTo', 'deliverOn', 'slotCode', 'payment', 'note'] as const
const Parts = CheckoutForm.shape

/** A field of the form in words, for the comparison of two versions. */
export function useVersionWords() {
  const { t } = useTranslation('checkout')

  /** Whatever a field may hold, in words: for those that have no better. */
  const plain = (value: unknown): string => {
    if (value === null || value === undefined || value === '') return ''
    if (typeof value === 'boolean') return t(value ? 'conflict.yes' : 'conflict.no')
    if (typeof value === 'object') return Object.values(value).map(plain).filter(Boolean).join(' ')
    return String(value)
  }
  const customer = (form: CheckoutForm['customer'], view: CheckoutView): string => {
    if (form.kind === 'none') return formatPhone(form.phone)
    if (form.kind === 'existing') return view.customerName ?? t('conflict.existingCustomer')
    const { familyName, givenName } = form.fields
    return t('conflict.newCustomer', { name: `${familyName} ${givenName}`.trim() })
  }
  const lines = (rows: CheckoutForm['lines'], view: CheckoutView): string =>
    rows
      .map(({ productId, quantity }) => {
        const name = view.quote.lines.find((line) => line.productId === productId)?.name
        return t('conflict.line', { name: name ?? t('conflict.product'), quantity })
      })
      .join('、')
  const payment = ({ method }: CheckoutForm['payment'], { card }: CheckoutView): string =>
    method === null
      ? ''
      : [t(`readBack.methods.${method}`), method === 'card' && card ? `${card.brand} ${card.last3}` : '']
          .filter(Boolean)
          .join(' ')
  const shipTo = (to: CheckoutForm['shipTo']): string => {
    if (to.kind === 'customer') return t('conflict.toCustomer')
    const address = [to.prefecture, to.city, to.address, to.building].join('')
    return [to.name, formatPostalCode(to.postalCode), address, formatPhone(to.phone)]
      .filter(Boolean)
      .join(' ')
  }
  const words = (path: string, value: unknown, view: CheckoutView): string => {
    const { form } = view
    switch (path) {
      case 'customer':
        return customer(form.customer, view)
      case 'lines':
        return lines(form.lines, view)
      case 'shipTo':
        return shipTo(form.shipTo)
      case 'payment':
        return payment(form.payment, view)
      case 'deliverOn': {
        const day = Parts.deliverOn.safeParse(value)
        return day.success && day.data !== null ? formatPlainDate(day.data) : t('delivery.earliest')
      }
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
    value: (path: string, value: unknown, view: CheckoutView): string =>
      words(path, value, view) || t('conflict.nothing'),
  }
}
