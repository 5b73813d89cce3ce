import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import tabs from '../settings/settings-tabs.module.css'

const PAGES = [
  ['turns', '/subscriptions/attention'],
  ['cards', '/subscriptions/attention/cards'],
] as const

/** The two lists of people to be called. */
export function AttentionTabs() {
  const { t } = useTranslation('subscriptionRuns')
  const [path] = useLocation()
  return (
    <nav className={tabs.tabs} aria-label={t('attention.pages')}>
      {PAGES.map(([key, to]) => (
        <Link key={key} href={to} aria-current={path === to ? 'page' : undefined}>
          {t(`attention.${key}`)}
        </Link>
      ))}
    </nav>
  )
}
