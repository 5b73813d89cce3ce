import { ActionIcon, TextInput } from '@mantine/core'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { useState, type KeyboardEvent, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { MAX_QUANTITY, readQuantity } from '../../draft/lines'
import { isComposing } from '../../../lib/keyboard'
import styles from './lines.module.css'

interface QuantityFieldProps {
  readonly name: string
  readonly quantity: number
  readonly onChange: (quantity: number) => void
  readonly onRemove: () => void
  /** Enter: the next product. */
  readonly onDone: () => void
  readonly onBlur: () => void
  readonly ref?: Ref<HTMLInputElement>
}

/** Quantity of a line: digits of any width, + and -, ↑↓; what is no quantity falls back to the last one. */
export function QuantityField({
  name,
  quantity,
  onChange,
  onRemove,
  onDone,
  onBlur,
  ref,
}: QuantityFieldProps) {
  const { t } = useTranslation('checkout')
  const [typed, setTyped] = useState<string | null>(null)
  const step = (by: number) => {
    setTyped(null)
    onChange(Math.min(Math.max(quantity + by, 1), MAX_QUANTITY))
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (isComposing(event.nativeEvent)) return
    const act = (action: () => void) => {
      event.preventDefault()
      event.stopPropagation()
      action()
    }
    if (event.key === '+' || event.key === ';' || event.key === '＋' || event.key === 'ArrowUp')
      act(() => step(1))
    else if (event.key === '-' || event.key === '－' || event.key === 'ArrowDown') act(() => step(-1))
    else if (event.key === 'Delete' && event.ctrlKey) act(onRemove)
    else if (event.key === 'Enter' && !event.shiftKey) act(onDone)
  }
  return (
    <span className={styles.quantity}>
      <ActionIcon
        variant="default"
        size={28}
        tabIndex={-1}
        aria-label={t('lines.decrease', { name })}
        disabled={quantity <= 1}
        onClick={() => step(-1)}
      >
        <IconMinus size={14} aria-hidden />
      </ActionIcon>
      <TextInput
        ref={ref}
        aria-label={t('lines.quantityOf', { name })}
        classNames={{ input: styles.quantityInput ?? '' }}
        size="xs"
        inputMode="numeric"
        autoComplete="off"
        maxLength={3}
        value={typed ?? String(quantity)}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          const text = event.currentTarget.value
          setTyped(text)
          const read = readQuantity(text)
          if (read !== null) onChange(read)
        }}
        onKeyDownCapture={onKeyDown}
        onBlur={() => {
          setTyped(null)
          onBlur()
        }}
      />
      <ActionIcon
        variant="default"
        size={28}
        tabIndex={-1}
        aria-label={t('lines.increase', { name })}
        disabled={quantity >= MAX_QUANTITY}
        onClick={() => step(1)}
      >
        <IconPlus size={14} aria-hidden />
      </ActionIcon>
    </span>
  )
}
