import styles from './status-chip.module.css'

/** How much a state wants attention: nothing to do, on its way, waits for somebody, went wrong. */
export type Tone = 'quiet' | 'good' | 'wait' | 'bad'

/** A state in words, with a mark whose shape tells the tone without its colour. */
export function StatusChip({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={styles.chip} data-tone={tone}>
      {children}
    </span>
  )
}
