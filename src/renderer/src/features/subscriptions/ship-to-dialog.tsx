import { Button, NativeSelect, TextInput } from '@mantine/core'
import { IconGift } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gift, ShipTo } from '../../../../contract/shipments'
import { AddressFields } from '../../address/address-fields'
import address from '../../address/address.module.css'
import { PhoneField } from '../../address/phone-field'
import { GiftDialog } from '../../checkout/2-form/delivery/gift-dialog'
import { useGiftWords } from '../../checkout/2-form/delivery/use-gift-words'
import { api } from '../../lib/client'
import type { ContractDialogProps } from './contract-dialogs'
import styles from './subscriptions.module.css'
import { termsOf, UpdateDialog } from './update-dialog'

type Other = Extract<ShipTo, { kind: 'other' }>
const KEPT = 'kept'
const CUSTOMER = 'customer'

/** お届け先 as it stands: a contract keeps its own copy. */
const otherOf = (shipTo: ShipTo): Other =>
  shipTo.kind === 'other'
    ? shipTo
    : {
        kind: 'other',
        name: '',
        phone: '',
        postalCode: '',
        prefecture: '',
        city: '',
        address: '',
        building: '',
      }

/** Fills the fields from the customer's own address, or from an お届け先 of the file. */
function AddressSource({ customerId, onPick }: { customerId: string; onPick: (shipTo: Other) => void }) {
  const { t } = useTranslation('subscriptionDesk')
  const [chosen, setChosen] = useState(KEPT)
  const customer = useQuery(api.customers.get.queryOptions({ input: { id: customerId } })).data
  const saved = useQuery(api.checkout.savedAddresses.queryOptions({ input: { customerId } })).data ?? []
  const choose = (value: string) => {
    setChosen(value)
    const found = saved.find(({ id }) => id === value)
    if (found) {
      const { id: _id, label: _label, ...fields } = found
      onPick({ kind: 'other', ...fields })
    } else if (value === CUSTOMER && customer) {
      const {
        familyName,
        givenName,
        phone,
        postalCode,
        prefecture,
        city,
        address: street,
        building,
      } = customer.fields
      const name = `${familyName} ${givenName}`
      onPick({ kind: 'other', name, phone, postalCode, prefecture, city, address: street, building })
    }
  }
  return (
    <NativeSelect
      label={t('shipTo.source')}
      w={300}
      value={chosen}
      data={[
        { value: KEPT, label: t('shipTo.kept') },
        ...(customer ? [{ value: CUSTOMER, label: t('shipTo.customer') }] : []),
        ...saved.map(({ id, label, name }) => ({
          value: id,
          label: [label, name].filter(Boolean).join(' / '),
        })),
      ]}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  )
}

interface SlotFieldProps {
  readonly shipTo: Other
  readonly value: string | null
  readonly error: string | undefined
  readonly onChange: (code: string | null) => void
}

/** お届け時間帯 that is on offer for a place. */
function SlotField({ shipTo, value, error, onChange }: SlotFieldProps) {
  const { t } = useTranslation('checkout')
  const { prefecture, postalCode } = shipTo
  const query = useQuery({
    ...api.checkout.deliveryChoices.queryOptions({ input: { prefecture, postalCode, deliverOn: null } }),
    placeholderData: keepPreviousData,
  })
  const slots = query.data?.slots ?? []
  const isKnown = value === null || slots.some(({ code }) => code === value)
  return (
    <NativeSelect
      label={t('delivery.slot')}
      w={190}
      value={value ?? ''}
      error={error}
      data={[
        { value: '', label: t('delivery.anySlot') },
        ...(isKnown ? [] : [{ value, label: value }]),
        ...slots.map(({ code, label }) => ({ value: code, label })),
      ]}
      onChange={(event) => {
        const { value: code } = event.currentTarget
        onChange(code === '' ? null : code)
      }}
    />
  )
}

interface GiftLineProps {
  readonly gift: Gift
  readonly fault: string | undefined
  readonly onChange: (gift: Gift) => void
}

function GiftLine({ gift, fault, onChange }: GiftLineProps) {
  const { t } = useTranslation('checkout')
  const words = useGiftWords()(gift)
  const [open, setOpen] = useState(false)
  return (
    <div className={styles.giftLine}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconGift size={15} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {t('gift.button')}
      </Button>
      <span>{words.join('・') || t('gift.none')}</span>
      {fault !== undefined && <span className={styles.fault}>{fault}</span>}
      {open && (
        // Its form stands in this one for React: what it sends must not save the contract.
        <div onSubmit={(event) => event.stopPropagation()}>
          <GiftDialog
            gift={gift}
            onClose={() => setOpen(false)}
            onKeep={(kept) => {
              onChange(kept)
              setOpen(false)
            }}
          />
        </div>
      )}
    </div>
  )
}

/** お届け先・時間帯・のしを変更, for all turns to come. */
export function ShipToDialog({ detail, onClose }: ContractDialogProps) {
  const { t } = useTranslation('subscriptionDesk')
  const { t: words } = useTranslation('checkout')
  const [shipTo, setShipTo] = useState(() => otherOf(detail.form.shipTo))
  const [slotCode, setSlotCode] = useState(detail.form.slotCode)
  const [gift, setGift] = useState(detail.form.gift)
  const change = (patch: Partial<Other>) => setShipTo((before) => ({ ...before, ...patch }))
  return (
    <UpdateDialog
      detail={detail}
      title={t('shipTo.title')}
      said={t('shipTo.done')}
      fields={{ ...termsOf(detail), shipTo, slotCode, gift }}
      size={860}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <div className={styles.shipLine}>
            <AddressSource customerId={detail.customer.id} onPick={setShipTo} />
            <SlotField shipTo={shipTo} value={slotCode} error={faultOf('slotCode')} onChange={setSlotCode} />
            <GiftLine gift={gift} fault={faultOf('gift.noshi.title')} onChange={setGift} />
          </div>
          <div className={address.grid}>
            <div className={styles.nameField}>
              <TextInput
                label={words('customer.fields.name')}
                value={shipTo.name}
                maxLength={80}
                required
                error={faultOf('shipTo.name')}
                onChange={(event) => change({ name: event.currentTarget.value })}
              />
            </div>
            <div className={styles.phoneField}>
              <PhoneField
                label={words('customer.fields.phone')}
                path="shipTo.phone"
                value={shipTo.phone}
                error={faultOf('shipTo.phone')}
                onType={(phone) => change({ phone })}
                required
              />
            </div>
            <AddressFields
              value={shipTo}
              path="shipTo"
              name={shipTo.name}
              fault={(key) => faultOf(`shipTo.${key}`)}
              onChange={change}
            />
          </div>
        </>
      )}
    </UpdateDialog>
  )
}
