import { useTranslation } from 'react-i18next'
import { Link, useSearch } from 'wouter'
import tabs from '../settings/settings-tabs.module.css'

const TABS = ['overview', 'contacts', 'orders', 'payments', 'subscriptions'] as const
export type CustomerTab = (typeof TABS)[number]

/** The part of 顧客詳細 that the address names. */
export function useCustomerTab(): CustomerTab {
  const asked = new URLSearchParams(useSearch()).get('tab')
  return TABS.find((tab) => tab === asked) ?? 'overview'
}

/** The parts of 顧客詳細. */
export function CustomerTabs({ id, tab }: { id: string; tab: CustomerTab }) {
  const { t } = useTranslation('customerFile')
  return (
    <nav className={tabs.tabs} aria-label={t('tabs.label')}>
      {TABS.map((one) => (
        <Link
          key={one}
          replace
          href={one === 'overview' ? `/customers/${id}` : `/customers/${id}?tab=${one}`}
          aria-current={one === tab ? 'page' : undefined}
        >
          {t(`tabs.${one}`)}
        </Link>
      ))}
    </nav>
  )
}
