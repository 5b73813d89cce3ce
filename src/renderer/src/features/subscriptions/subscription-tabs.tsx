import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import tabs from '../settings/settings-tabs.module.css'

const PAGES = [
  ['list', '/subscriptions'],
  ['attention', '/subscriptions/attention'],
  ['runs', '/subscriptions/runs'],
  ['plan', '/subscriptions/plan'],
  ['calendar', '/subscriptions/calendar'],
  ['kpis', '/subscriptions/kpis'],
  ['retention', '/subscriptions/retention'],
  ['mails', '/subscriptions/mails'],
] as const

/** 要対応 has a page of its own below it. */
const isOf = (path: string, to: string): boolean =>
  path === to || (to !== '/subscriptions' && path.startsWith(`${to}/`))

/** The pages of 定期注文マスター. */
export function SubscriptionTabs() {
  const { t } = useTranslation('subscriptions')
  const [path] = useLocation()
  return (
    <nav className={tabs.tabs} aria-label={t('tabs.label')}>
      {PAGES.map(([key, to]) => (
        <Link key={key} href={to} aria-current={isOf(path, to) ? 'page' : undefined}>
          {t(`tabs.${key}`)}
        </Link>
      ))}
    </nav>
  )
}
