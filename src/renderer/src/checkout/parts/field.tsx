import { TextInput, type TextInputProps } from '@mantine/core'
import { useDraft, useFault } from '../draft/draft-context'

interface FieldProps extends Omit<TextInputProps, 'onChange' | 'value' | 'error' | 'ref'> {
  /** Path of the value in the form, as main names it in a fault. */
  readonly path: string
  readonly value: string
  readonly onType: (text: string) => void
}

/** A text field of the form: marked when main refused it, saved when it is left. */
export function Field({ path, onType, ...rest }: FieldProps) {
  const draft = useDraft()
  const fault = useFault(path)
  return (
    <TextInput
      autoComplete="off"
      spellCheck={false}
      {...rest}
      error={fault}
      data-path={path}
      onChange={(event) => onType(event.currentTarget.value)}
      onBlur={() => void draft.flush()}
    />
  )
}
