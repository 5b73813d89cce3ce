import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import styles from '../settings/settings-tabs.module.css'

const PAGES = [
  ['products', '/products'],
  ['offers', '/offers'],
] as const

/** What is sold, and where it is advertised. */
export function ProductTabs() {
  const { t } = useTranslation('products')
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
