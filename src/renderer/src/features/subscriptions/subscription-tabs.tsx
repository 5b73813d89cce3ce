import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import tabs from '../settings/settings-tabs.module.css'

const PAGES = [
  ['list', '/subscriptions'],
  ['plan', '/subscriptions/plan'],
  ['calendar', '/subscriptions/calendar'],
  ['kpis', '/subscriptions/kpis'],
  ['retention', '/subscriptions/retention'],
  ['mails', '/subscriptions/mails'],
] as const

/** The pages of 定期注文マスター. */
export function SubscriptionTabs() {
  const { t } = useTranslation('subscriptions')
  const [path] = useLocation()
  return (
    <nav className={tabs.tabs} aria-label={t('tabs.label')}>
      {PAGES.map(([key, to]) => (
        <Link key={key} href={to} aria-current={path === to ? 'page' : undefined}>
          {t(`tabs.${key}`)}
        </Link>
      ))}
    </nav>
  )
}
