import { Skeleton, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client'
import { ErrorPanel } from '../../ui/states'
import settings from '../settings/settings.module.css'
import { SettingsTabs } from '../settings/settings-tabs'
import { ChargesForm } from './charges-form'
import { TaxRates } from './tax-rates'

/** 設定 > 送料・税 */
export function ChargesPage() {
  const { t } = useTranslation('charges')
  const stored = useQuery(api.charges.get.queryOptions())
  const session = useQuery(api.auth.session.queryOptions())
  const writable = session.data?.permissions.includes('settings.write') ?? false
  return (
    <Stack className="pageBody" gap={14}>
      <Title order={1}>
        <span className={settings.crumb}>{t('crumb')}</span>
        {t('title')}
      </Title>
      <SettingsTabs />
      {stored.isError && <ErrorPanel error={stored.error} onRetry={() => void stored.refetch()} />}
      {stored.isPending && <Skeleton height={480} aria-hidden="true" />}
      {stored.data && (
        <ChargesForm stored={stored.data} writable={writable}>
          <TaxRates rates={stored.data.rates} writable={writable} />
        </ChargesForm>
      )}
    </Stack>
  )
}
