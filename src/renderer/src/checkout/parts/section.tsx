import { useId, type ReactNode } from 'react'
import styles from './section.module.css'

interface SectionProps {
  readonly title: string
  readonly aside?: ReactNode
  readonly children: ReactNode
  readonly name?: string
}

/** A named part of the form. */
export function Section({ title, aside, children, name }: SectionProps) {
  const id = useId()
  return (
    <section className={styles.section} aria-labelledby={id} data-section={name}>
      <header className={styles.header}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        <div className={styles.aside}>{aside}</div>
      </header>
      {children}
    </section>
  )
}
