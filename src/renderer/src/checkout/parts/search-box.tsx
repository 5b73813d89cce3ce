import { TextInput } from '@mantine/core'
import {
  useEffect,
  useEffectEvent,
  useId,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
} from 'react'
import { isComposing } from '../../lib/keyboard'
import styles from './search-box.module.css'

export interface SearchBoxProps<Item> {
  readonly label: string
  readonly value: string
  readonly onType: (text: string) => void
  readonly items: readonly Item[]
  readonly keyOf: (item: Item) => string
  readonly render: (item: Item) => ReactNode
  readonly onPick: (item: Item) => void
  /** Name of the list of results. */
  readonly listLabel: string
  /** True when `items` are the answer to `value`; Enter waits for it. */
  readonly settled: boolean
  /** True when there is something to show below the field. */
  readonly open: boolean
  /** Which row Enter takes when none was chosen with the arrows. */
  readonly enterTakes: 'only' | 'first'
  /** What the list says of itself, read aloud. */
  readonly status: string
  /** A last row that is an action. */
  readonly extra?: { readonly label: string; readonly onPick: () => void } | undefined
  readonly hint?: string | undefined
  readonly error?: string | undefined
  readonly path: string
  readonly required?: boolean
  readonly rightSection?: ReactNode
  readonly onBlur?: () => void
  /** Enter waits for the answer to this text: what is asked after a pause is asked at once. */
  readonly onHurry?: (text: string) => void
  /** Enter in the empty field; without it the form's own order applies. */
  readonly onSkip?: () => void
  readonly inputRef?: Ref<HTMLInputElement>
}

/** A field with live results below it: ↑↓ choose, Enter takes, Esc closes; nothing acts while the IME composes. */
export function SearchBox<Item>({ inputRef, ...props }: SearchBoxProps<Item>) {
  const { items, extra, settled, value } = props
  const [chosenAt, setChosenAt] = useState({ value, index: -1 })
  const [enterAt, setEnterAt] = useState<string | null>(null)
  const [closed, setClosed] = useState(false)
  const listId = useId()
  const rows = items.length + (extra ? 1 : 0)
  const open = props.open && !closed
  const unchosen = props.enterTakes === 'first' || rows === 1 || items.length === 1 ? 0 : -1
  const chosen = chosenAt.value === value ? chosenAt.index : -1
  const active = chosen >= 0 ? Math.min(chosen, rows - 1) : unchosen

  const take = (index: number) => {
    const item = items[index]
    if (item !== undefined) props.onPick(item)
    else if (index === items.length) extra?.onPick()
  }
  const takeWaiting = useEffectEvent(() => take(active))
  // Enter that came before the answer to what was typed is carried out with the answer.
  const due = settled && props.open && enterAt === value
  useEffect(() => {
    if (due) takeWaiting()
  }, [due])

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (isComposing(event.nativeEvent)) return
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp': {
        if (!open || rows === 0) return setClosed(false)
        event.preventDefault()
        const from = chosen < 0 && event.key === 'ArrowUp' ? rows : active
        return setChosenAt({ value, index: (from + (event.key === 'ArrowDown' ? 1 : rows - 1)) % rows })
      }
      case 'Escape':
        if (!open) return
        event.stopPropagation()
        return setClosed(true)
      case 'Enter':
        if (event.shiftKey || event.repeat) return
        if (!props.open && !(value === '' && props.onSkip)) return
        event.preventDefault()
        event.stopPropagation()
        if (!props.open) return props.onSkip?.()
        setClosed(false)
        if (settled) return take(active)
        props.onHurry?.(value)
        return setEnterAt(value)
    }
  }

  const optionId = (index: number) => `${listId}-${index}`
  return (
    <div className={styles.root}>
      <TextInput
        ref={inputRef}
        label={props.label}
        value={value}
        error={props.error}
        required={props.required ?? false}
        description={props.hint}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        rightSection={props.rightSection}
        autoComplete="off"
        spellCheck={false}
        maxLength={80}
        data-path={props.path}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={listId}
        aria-activedescendant={open && active >= 0 && rows > 0 ? optionId(active) : undefined}
        onChange={(event) => {
          setClosed(false)
          setEnterAt(null)
          props.onType(event.currentTarget.value)
        }}
        onKeyDownCapture={onKeyDown}
        onFocus={() => setClosed(false)}
        onBlur={() => {
          setClosed(true)
          props.onBlur?.()
        }}
      />
      {open && (
        <div className={styles.panel} onMouseDown={(event) => event.preventDefault()}>
          <p className={styles.status} role="status">
            {props.status}
          </p>
          <div role="listbox" id={listId} aria-label={props.listLabel} className={styles.list}>
            {items.map((item, index) => (
              <Row
                key={props.keyOf(item)}
                id={optionId(index)}
                active={index === active}
                onPick={() => take(index)}
              >
                {props.render(item)}
              </Row>
            ))}
            {extra && (
              <Row
                key="extra"
                id={optionId(items.length)}
                active={items.length === active}
                onPick={() => take(items.length)}
              >
                <span className={styles.extra}>＋ {extra.label}</span>
              </Row>
            )}
          </div>
        </div>
      )}
    </div>
  )
}

interface RowProps {
  readonly id: string
  readonly active: boolean
  readonly onPick: () => void
  readonly children: ReactNode
}

function Row({ id, active, onPick, children }: RowProps) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={active}
      className={styles.row}
      ref={active ? scrollToMe : undefined}
      onClick={onPick}
    >
      {children}
    </div>
  )
}

const scrollToMe = (row: HTMLDivElement | null) => row?.scrollIntoView({ block: 'nearest' })
