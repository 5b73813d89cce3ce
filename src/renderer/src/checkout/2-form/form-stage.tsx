import { useTranslation } from 'react-i18next'
import { ChannelFields } from './channel-fields'
import { CustomerSection } from './customer/customer-section'
import { DeliverySection } from './delivery/delivery-section'
import { FormFrame } from './form-frame'
import { LinesSection } from './lines/lines-section'
import { NoteField } from './note-field'
import { PaymentSection } from './payment/payment-section'
import { TotalsPanel } from './totals/totals-panel'

/** Step 2: the form of an order. */
export function FormStage({ locked }: { locked: boolean }) {
  const { t } = useTranslation('checkout')
  return (
    <FormFrame
      locked={locked}
      label={t('title')}
      renderSections={(card) => (
        <>
          <CustomerSection />
          <LinesSection />
          <DeliverySection />
          <PaymentSection {...card} />
          <ChannelFields />
          <NoteField />
        </>
      )}
      renderAside={(proceed) => <TotalsPanel>{proceed}</TotalsPanel>}
    />
  )
}
