import { Skeleton, Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel } from '../../ui/states'
import { SettingsForm } from './settings-form'
import { SettingsTabs } from './settings-tabs'
import styles from './settings.module.css'

/** 設定 > 重要項目設定 */
export function SettingsPage() {
  const { t } = useTranslation('settings')
  const stored = useQuery(api.settings.getImportant.queryOptions())
  const session = useQuery(api.auth.session.queryOptions())
  const writable = session.data?.permissions.includes('settings.write') ?? false
  return (
    <Stack className="pageBody" gap={14}>
      <div className={pageHead.head}>
        <Title order={1}>
          <span className={styles.crumb}>{t('crumb')}</span>
          {t('title')}
        </Title>
      </div>
      <SettingsTabs />
      {stored.isError && <ErrorPanel error={stored.error} onRetry={() => void stored.refetch()} />}
      {stored.isPending && (
        <div className={styles.columns} aria-hidden="true">
          <Skeleton height={560} />
          <Skeleton height={300} />
        </div>
      )}
      {stored.data && <SettingsForm stored={stored.data} writable={writable} />}
    </Stack>
  )
}
