import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import styles from './settings-tabs.module.css'

const PAGES = [
  ['important', '/settings'],
  ['options', '/settings/options'],
  ['contacts', '/settings/contacts'],
  ['charges', '/settings/charges'],
  ['subscriptions', '/settings/subscriptions'],
  ['mails', '/settings/mails'],
] as const

/** The pages of 設定. */
export function SettingsTabs() {
  const { t } = useTranslation('options')
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
