import { TextInput } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { selectContent } from '../lib/keyboard'
import styles from './address.module.css'
import type { Address, AddressKey } from './address'
import { AddressNotes } from './address-notes'
import { PostalField } from './postal-field'
import { PrefectureField } from './prefecture-field'
import { usePostal } from './use-postal'

interface AddressFieldsProps {
  readonly value: Address
  readonly onChange: (patch: Partial<Address>) => void
  /** Path of the group in the form, as main names it in a fault: `customer.fields`. */
  readonly path: string
  /** What main said of a field. */
  readonly fault: (key: AddressKey) => string | undefined
  /** Name on the label, for the check of its length. */
  readonly name: string
  readonly onLeave?: () => void
  readonly readOnly?: boolean
}

const LIMITS: Readonly<Record<'city' | 'address' | 'building', number>> = {
  city: 60,
  address: 100,
  building: 60,
}

/**
 * The fields of an address in a grid of twelve columns (`addressGrid`): 郵便番号, 都道府県, 市区町村, 町名・番地, 建物名, and below
 * them what there is to say.
 */
export function AddressFields(props: AddressFieldsProps) {
  const { t } = useTranslation('address')
  const { value, onChange, path, readOnly = false } = props
  const street = useRef<HTMLInputElement>(null)
  const postal = usePostal(value, onChange)
  const leave = () => props.onLeave?.()
  const toStreet = () => {
    street.current?.focus()
    if (street.current) selectContent(street.current)
  }
  const field = (key: 'city' | 'address' | 'building') => (
    <TextInput
      {...(key === 'address' ? { ref: street, 'data-caret': 'end' } : {})}
      label={t(key)}
      value={value[key]}
      error={props.fault(key)}
      data-path={`${path}.${key}`}
      maxLength={LIMITS[key]}
      autoComplete="off"
      spellCheck={false}
      readOnly={readOnly}
      required={key !== 'building'}
      onChange={(event) => onChange({ [key]: event.currentTarget.value })}
      onBlur={leave}
    />
  )
  const plain = (key: 'postalCode' | 'prefecture') => (
    <TextInput label={t(key)} value={value[key]} data-path={`${path}.${key}`} readOnly />
  )
  return (
    <>
      <div className={styles.code}>
        {readOnly ? (
          plain('postalCode')
        ) : (
          <PostalField
            value={value}
            note={postal.note}
            path={`${path}.postalCode`}
            error={props.fault('postalCode')}
            onType={postal.onCode}
            onChoose={(town) => {
              postal.choose(town)
              toStreet()
            }}
            onTakeCode={postal.takeCode}
            onDone={toStreet}
            onLeave={leave}
          />
        )}
      </div>
      <div className={styles.prefecture}>
        {readOnly ? (
          plain('prefecture')
        ) : (
          <PrefectureField
            path={`${path}.prefecture`}
            label={t('prefecture')}
            value={value.prefecture}
            error={props.fault('prefecture')}
            onType={(text) => onChange({ prefecture: text })}
            onLeave={leave}
          />
        )}
      </div>
      <div className={styles.city}>{field('city')}</div>
      <div className={styles.street}>{field('address')}</div>
      <div className={styles.building}>{field('building')}</div>
      <AddressNotes value={value} name={props.name} postal={postal} onChange={onChange} readOnly={readOnly} />
    </>
  )
}
