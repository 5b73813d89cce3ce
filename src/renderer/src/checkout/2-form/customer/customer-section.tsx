import { useTranslation } from 'react-i18next'
import { Section } from '../../parts/section'
import { useDraftState } from '../../draft/draft-context'
import { CustomerCard } from './customer-card'
import { CustomerSearch } from './customer-search'
import { NewCustomer } from './new-customer'

/** お客様: search by phone first; then either the picked customer or the fields of a new one. */
export function CustomerSection() {
  const { t } = useTranslation('checkout')
  const { customer } = useDraftState().form
  switch (customer.kind) {
    case 'none':
      return (
        <Section title={t('customer.heading')} name="customer">
          <CustomerSearch phone={customer.phone} />
        </Section>
      )
    case 'existing':
      return <CustomerCard key={customer.customerId} customerId={customer.customerId} />
    case 'new':
      return <NewCustomer fields={customer.fields} />
  }
}
