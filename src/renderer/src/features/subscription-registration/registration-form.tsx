import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ChannelFields } from '../../checkout/2-form/channel-fields'
import { CustomerSection } from '../../checkout/2-form/customer/customer-section'
import { ShipmentPart } from '../../checkout/2-form/delivery/shipment-part'
import { FormFrame } from '../../checkout/2-form/form-frame'
import { NoteField } from '../../checkout/2-form/note-field'
import { PaymentSection } from '../../checkout/2-form/payment/payment-section'
import { useDraftState } from '../../checkout/draft/draft-context'
import { useFocusPlan } from '../../checkout/parts/focus-plan'
import { Section } from '../../checkout/parts/section'
import { formatPlainDate, formatYen } from '../../lib/format'
import { DateField } from '../../ui/date-field'
import { WholeField } from '../../ui/whole-field'
import { ItemsEditor } from '../subscriptions/items-part'
import { RuleEditor } from '../subscriptions/rule-editor'
import { StepsPart } from '../subscriptions/steps-part'
import { OutlookPane } from './outlook-pane'
import styles from './subscription-registration.module.css'
import { useTerms } from './use-terms'

/** 商品, by sets. */
function GoodsSection() {
  const { t } = useTranslation('subscriptions')
  const plan = useFocusPlan()
  const { terms, change, faultOf } = useTerms()
  return (
    <Section title={t('items.title')} name="lines">
      <div
        ref={(element) =>
          plan.target('product-search')(element?.querySelector<HTMLElement>('[role=combobox]') ?? null)
        }
      >
        <ItemsEditor draft={terms} change={change} faultOf={faultOf} />
      </div>
    </Section>
  )
}

/** お届けの周期, its first day, and how long the contract lasts. */
function RuleSection() {
  const { t } = useTranslation('subscriptions')
  const { t: words } = useTranslation('subscriptionRegistration')
  const { terms, change, faultOf } = useTerms()
  const startFault = faultOf('startOn')
  return (
    <Section title={t('rule.title')} name="rule">
      <div className={styles.fields}>
        <RuleEditor rule={terms.rule} faultOf={faultOf} onChange={(rule) => change({ rule })} />
        <div className={styles.line}>
          <DateField
            label={t('rule.start')}
            width={150}
            placeholder={t('rule.startHint')}
            value={terms.startOn}
            onChange={(startOn) => change({ startOn })}
          />
          <WholeField
            label={words('minTurns')}
            width={130}
            unit={t('rule.turnUnit')}
            placeholder={words('minTurnsHint')}
            value={terms.minTurns}
            error={faultOf('minTurns')}
            onChange={(minTurns) => change({ minTurns })}
          />
          <WholeField
            label={t('rule.lastTurn')}
            width={130}
            unit={t('rule.turnUnit')}
            placeholder={t('rule.lastTurnHint')}
            value={terms.lastTurn}
            error={faultOf('lastTurn')}
            onChange={(lastTurn) => change({ lastTurn })}
          />
        </div>
        {startFault !== undefined && (
          <p className={styles.fault} role="alert">
            {startFault}
          </p>
        )}
      </div>
    </Section>
  )
}

/** 回ごとの価格 */
function PriceSection() {
  const { terms, change, faultOf } = useTerms()
  return <StepsPart plan={{ draft: terms, change, faultOf }} />
}

/** Where every turn goes, at which time, as what gift. */
function PlaceSection() {
  const { t } = useTranslation('checkout')
  const { shipments } = useDraftState().form
  const [shipment] = shipments
  return (
    <Section title={t('delivery.heading')} name="delivery">
      {shipment && <ShipmentPart index={0} shipment={shipment} several={false} isEveryTurn />}
    </Section>
  )
}

/** 継続課金への同意: asked on the phone, and ticked. */
function ConsentSection() {
  const { t } = useTranslation('subscriptionRegistration')
  const plan = useFocusPlan()
  const { terms, change, faultOf } = useTerms()
  const fault = faultOf('consent')
  return (
    <Section title={t('consent.title')} name="consent">
      <div ref={plan.target('card-entered')}>
        <Checkbox
          size="md"
          label={t('consent.label')}
          description={t('consent.say')}
          checked={terms.consent}
          error={fault}
          data-path="consent"
          onChange={(event) => change({ consent: event.currentTarget.checked })}
        />
      </div>
    </Section>
  )
}

/** What 確認画面に進む does with the card: said before it is pressed, for the caller asks. */
function useChargeWords(): string {
  const { t } = useTranslation('subscriptionRegistration')
  const { quote } = useDraftState().view
  const { charge, plan } = useTerms().registration
  const first = plan.find(({ kind }) => kind === 'delivery')
  switch (charge) {
    case 'authorize':
      return t('charge.authorize', { total: formatYen(quote.total) })
    case 'check':
      return t('charge.check', { date: first?.generateOn ? formatPlainDate(first.generateOn) : '' })
    case 'none':
      return ''
  }
}

/** 定期登録, step 2: the contract as it is said on the phone, beside the deliveries that follow from it. */
export function RegistrationForm({ locked }: { locked: boolean }) {
  const { t } = useTranslation('subscriptionRegistration')
  const cardWords = useChargeWords()
  return (
    <FormFrame
      locked={locked}
      isWide
      cardWords={cardWords}
      label={t('title')}
      renderSections={(card) => (
        <>
          <CustomerSection />
          <GoodsSection />
          <RuleSection />
          <PriceSection />
          <PlaceSection />
          <PaymentSection {...card} />
          <ConsentSection />
          <ChannelFields />
          <NoteField />
        </>
      )}
      renderAside={(proceed) => <OutlookPane>{proceed}</OutlookPane>}
    />
  )
}
