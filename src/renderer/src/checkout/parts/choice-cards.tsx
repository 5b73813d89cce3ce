import { useId, type KeyboardEvent, type ReactNode } from 'react'
import { isComposing } from '../../lib/keyboard'
import styles from './choice-cards.module.css'

export interface Choice<Value extends string> {
  readonly value: Value
  readonly label: string
  readonly hint?: string
  readonly icon?: ReactNode
  readonly disabled?: boolean
}

interface ChoiceCardsProps<Value extends string> {
  readonly legend: string
  readonly choices: readonly Choice<Value>[]
  readonly value: Value | null
  readonly onChange: (value: Value) => void
  readonly path: string
  readonly error?: string | undefined
  /** Shows a digit on each card and takes that key. */
  readonly numbered?: boolean
  readonly hideLegend?: boolean
}

/** One choice of several as real radio buttons that look like cards; arrows or digits choose. */
export function ChoiceCards<Value extends string>(props: ChoiceCardsProps<Value>) {
  const id = useId()
  const { choices, error, value } = props
  /** One stop for the whole group: the chosen card, else the first that can be chosen. */
  const chosen = choices.findIndex((choice) => choice.value === value && !choice.disabled)
  const stop = chosen >= 0 ? chosen : choices.findIndex((choice) => !choice.disabled)
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (!props.numbered || isComposing(event.nativeEvent) || event.ctrlKey || event.altKey || event.metaKey)
      return
    const choice = /^[1-9]$/.test(event.key) ? choices[Number(event.key) - 1] : undefined
    if (!choice || choice.disabled) return
    event.preventDefault()
    props.onChange(choice.value)
    event.currentTarget.querySelector<HTMLInputElement>(`input[value="${choice.value}"]`)?.focus()
  }
  return (
    <div
      className={props.numbered ? styles.group : undefined}
      role="radiogroup"
      aria-labelledby={`${id}-legend`}
      aria-describedby={error ? `${id}-error` : undefined}
      aria-invalid={error ? true : undefined}
      onKeyDown={onKeyDown}
    >
      <div id={`${id}-legend`} className={styles.legend} data-hidden={props.hideLegend || undefined}>
        {props.legend}
      </div>
      <div className={styles.cards} data-numbered={props.numbered || undefined}>
        {choices.map((choice, index) => (
          <label key={choice.value} className={styles.card} data-disabled={choice.disabled || undefined}>
            <input
              type="radio"
              className={styles.input}
              name={id}
              value={choice.value}
              checked={value === choice.value}
              disabled={choice.disabled ?? false}
              onChange={() => props.onChange(choice.value)}
              aria-labelledby={`${id}-${index}`}
              aria-describedby={choice.hint ? `${id}-${index}-hint` : undefined}
              data-path={props.path}
              tabIndex={index === stop ? 0 : -1}
            />
            {choice.icon}
            <span className={styles.text}>
              <span id={`${id}-${index}`} className={styles.label}>
                {choice.label}
              </span>
              {choice.hint && (
                <span id={`${id}-${index}-hint`} className={styles.hint}>
                  {choice.hint}
                </span>
              )}
            </span>
            {props.numbered && (
              <kbd className={styles.digit} aria-hidden>
                {index + 1}
              </kbd>
            )}
          </label>
        ))}
      </div>
      {error && (
        <div id={`${id}-error`} className={styles.error}>
          {error}
        </div>
      )}
    </div>
  )
}
