import { startTransition, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../draft/draft-context'
import { ChannelFields } from './channel-fields'
import { CustomerSection } from './customer/customer-section'
import { DeliverySection } from './delivery/delivery-section'
import { firstPlace } from './first-place'
import { FormFrame } from './form-frame'
import { LinesSection } from './lines/lines-section'
import { NoteField } from './note-field'
import { PaymentSection } from './payment/payment-section'
import { TotalsPanel } from './totals/totals-panel'

/**
 * A new order begins with the caller: what is below stands one frame later, so that F2 puts the cursor into the search
 * field without waiting for it. A form in which something stands is drawn at once.
 */
function useWholeForm(): boolean {
  const draft = useDraft()
  const [whole, setWhole] = useState(() => firstPlace(draft.state()) !== 'customer-search')
  useEffect(() => {
    if (whole) return
    let later: ReturnType<typeof setTimeout> | undefined
    const frame = requestAnimationFrame(() => {
      later = setTimeout(() => startTransition(() => setWhole(true)))
    })
    return () => {
      cancelAnimationFrame(frame)
      clearTimeout(later)
    }
  }, [whole])
  return whole
}

/** Step 2: the form of an order. */
export function FormStage({ locked }: { locked: boolean }) {
  const { t } = useTranslation('checkout')
  const whole = useWholeForm()
  return (
    <FormFrame
      locked={locked}
      label={t('title')}
      renderSections={(card) => (
        <>
          <CustomerSection />
          {whole && (
            <>
              <LinesSection />
              <DeliverySection />
              <PaymentSection {...card} />
              <ChannelFields />
              <NoteField />
            </>
          )}
        </>
      )}
      renderAside={(proceed) => <TotalsPanel>{proceed}</TotalsPanel>}
    />
  )
}
