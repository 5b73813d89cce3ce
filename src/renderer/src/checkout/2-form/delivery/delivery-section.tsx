import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { MAX_SHIPMENTS } from '../../../../../contract/shipments'
import { useDraft, useDraftState } from '../../draft/draft-context'
import { addShipment } from '../../draft/shipments'
import { useFocusPlan } from '../../parts/focus-plan'
import { Section } from '../../parts/section'
import styles from './delivery.module.css'
import { ShipmentPart } from './shipment-part'

/** お届け: where, on which day and at which time. One delivery stays plain; several are numbered. */
export function DeliverySection() {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const plan = useFocusPlan()
  const { shipments } = useDraftState().form
  return (
    <Section
      title={t('delivery.heading')}
      name="delivery"
      aside={shipments.length > 1 && t('delivery.count', { count: shipments.length })}
    >
      <div ref={plan.target('delivery')}>
        {shipments.map((shipment, index) => (
          // A delivery has no id of its own: its place in the list is what lines refer to.
          // eslint-disable-next-line react/no-array-index-key
          <ShipmentPart key={index} index={index} shipment={shipment} several={shipments.length > 1} />
        ))}
      </div>
      <Button
        className={styles.add ?? ''}
        size="compact-sm"
        variant="subtle"
        leftSection={<IconPlus size={15} aria-hidden />}
        disabled={shipments.length >= MAX_SHIPMENTS}
        onClick={() => draft.edit(addShipment)}
      >
        {t('delivery.add')}
      </Button>
    </Section>
  )
}
