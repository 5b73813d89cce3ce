import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { phoneFinding } from '../../../contract/phone-shape'
import { formatPhone, normalizePhone } from '../../../contract/text'

interface PhoneFieldProps {
  readonly label: string
  readonly value: string
  readonly path: string
  readonly error: string | undefined
  readonly onType: (text: string) => void
  readonly onLeave?: () => void
  readonly required?: boolean
  readonly readOnly?: boolean
}

/** A phone number, typed in any width; leaving the field puts the hyphens where the area code wants them. */
export function PhoneField(props: PhoneFieldProps) {
  const { t } = useTranslation('address')
  const [left, setLeft] = useState(true)
  const finding = phoneFinding(normalizePhone(props.value))
  const doubt = left && finding !== 'ok' && finding !== 'empty' ? t(`phone.${finding}`) : undefined
  const leave = () => {
    setLeft(true)
    const digits = normalizePhone(props.value)
    const shaped = phoneFinding(digits) === 'ok' ? formatPhone(digits) : props.value
    if (shaped !== props.value) props.onType(shaped)
    props.onLeave?.()
  }
  return (
    <TextInput
      label={props.label}
      value={props.value}
      error={props.error}
      description={props.error === undefined ? doubt : undefined}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      inputMode="tel"
      maxLength={30}
      autoComplete="off"
      spellCheck={false}
      data-path={props.path}
      required={props.required ?? false}
      readOnly={props.readOnly ?? false}
      onFocus={() => setLeft(false)}
      onChange={(event) => props.onType(event.currentTarget.value)}
      onBlur={leave}
    />
  )
}
