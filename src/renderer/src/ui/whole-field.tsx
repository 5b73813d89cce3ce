import { TextInput } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { formatCount } from '../lib/format'
import { readWhole } from './whole-number'

interface WholeFieldProps {
  readonly label: string
  readonly hiddenLabel?: boolean
  readonly value: number | null
  /** Null: the field was emptied. */
  readonly onChange: (value: number | null) => void
  readonly error?: ReactNode
  readonly description?: string
  readonly placeholder?: string
  readonly width?: number
  /** What stands behind the number, such as 円. */
  readonly unit?: string
  /** Room for a unit of several signs, pixels. */
  readonly unitWidth?: number
  readonly readOnly?: boolean
  readonly disabled?: boolean
}

/** A whole number by keys of any width; what is none falls back to the last one when the field is left. */
export function WholeField(props: WholeFieldProps) {
  const { label, hiddenLabel, value, onChange, error, description, placeholder, width, unit } = props
  const [typed, setTyped] = useState<string | null>(null)
  return (
    <TextInput
      {...(hiddenLabel ? { 'aria-label': label } : { label })}
      description={description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      inputMode="numeric"
      placeholder={placeholder}
      maxLength={14}
      readOnly={props.readOnly ?? false}
      disabled={props.disabled ?? false}
      error={error}
      styles={{ input: { textAlign: 'right' }, ...(width === undefined ? {} : { wrapper: { width } }) }}
      rightSection={unit}
      {...(props.unitWidth === undefined ? {} : { rightSectionWidth: props.unitWidth })}
      value={typed ?? (value === null ? '' : formatCount(value))}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        const read = readWhole(event.currentTarget.value)
        if (read !== undefined) onChange(read)
      }}
      onBlur={() => setTyped(null)}
    />
  )
}
