import { useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReadBack } from '../../../../contract/checkout'
import { isComposing } from '../../lib/keyboard'
import styles from './read-back.module.css'

interface ChecklistProps {
  readonly sentences: ReadBack['sentences']
  readonly read: ReadonlySet<string>
  readonly onRead: (read: ReadonlySet<string>) => void
}

/** The sentences in order; Enter says "read" and goes to the next, Space ticks or unticks, ↑↓ move. */
export function Checklist({ sentences, read, onRead }: ChecklistProps) {
  const { t } = useTranslation('checkout')
  const list = useRef<HTMLOListElement>(null)
  const set = (id: string, done: boolean) => {
    const next = new Set(read)
    if (done) next.add(id)
    else next.delete(id)
    onRead(next)
  }
  const go = (index: number) => {
    const boxes = list.current?.querySelectorAll<HTMLInputElement>('[data-sentence]')
    const box = boxes?.[index]
    if (box) box.focus()
    else if (index > 0) document.querySelector<HTMLElement>('[data-confirm]')?.focus()
  }
  const onKeyDown = (event: KeyboardEvent, id: string, index: number) => {
    if (isComposing(event.nativeEvent)) return
    const act = (to: number) => {
      event.preventDefault()
      go(to)
    }
    if (event.key === 'ArrowDown') act(index + 1)
    else if (event.key === 'ArrowUp' || (event.key === 'Enter' && event.shiftKey)) act(index - 1)
    else if (event.key === 'Enter' && !event.repeat) {
      set(id, true)
      act(index + 1)
    }
  }
  return (
    <ol ref={list} className={styles.list} aria-label={t('readBack.list')}>
      {sentences.map(({ id, label, text }, index) => (
        <li key={id}>
          <label className={styles.sentence} data-read={read.has(id) || undefined}>
            <input
              type="checkbox"
              data-sentence
              checked={read.has(id)}
              aria-labelledby={`sentence-${id}`}
              aria-describedby={`sentence-${id}-text`}
              onChange={(event) => set(id, event.currentTarget.checked)}
              onKeyDown={(event) => onKeyDown(event, id, index)}
            />
            <span className={styles.label} id={`sentence-${id}`}>
              {label}
            </span>
            <span className={styles.text} id={`sentence-${id}-text`}>
              {text}
            </span>
          </label>
        </li>
      ))}
    </ol>
  )
}
