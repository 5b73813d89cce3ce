import type { ReactNode } from 'react'
import styles from './csv-import.module.css'

interface ScrollTableProps {
  readonly label: string
  /** The first column holds line numbers. */
  readonly numbered?: boolean
  readonly head: readonly { readonly key: string; readonly words: string }[]
  readonly children: ReactNode
}

/** Rows of a file in a frame that scrolls by itself. */
export function ScrollTable({ label, numbered = false, head, children }: ScrollTableProps) {
  return (
    // A region that scrolls can be reached by the keyboard.
    <div className={styles.scroll} role="group" aria-label={label} tabIndex={0}>
      <table className={styles.table} aria-label={label}>
        <thead>
          <tr>
            {head.map(({ key, words }, at) => (
              <th scope="col" key={key} className={numbered && at === 0 ? styles.num : undefined}>
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}
