import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import styles from '../settings/settings-tabs.module.css'

const PAGES = [
  ['log', '/contacts'],
  ['callbacks', '/contacts/callbacks'],
] as const

/** The two lists of what was and is to be said to customers. */
export function ContactTabs() {
  const { t } = useTranslation('contactLog')
  const [path] = useLocation()
  return (
    <nav className={styles.tabs} aria-label={t('tabs.label')}>
      {PAGES.map(([key, to]) => (
        <Link key={key} href={to} aria-current={path === to ? 'page' : undefined}>
          {t(`tabs.${key}`)}
        </Link>
      ))}
    </nav>
  )
}
