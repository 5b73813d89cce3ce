import { Stack, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client'
import { ErrorPanel } from '../../ui/states'
import { SettingsForm } from './settings-form'

/** 設定 > 重要項目設定 */
export function SettingsPage() {
  const { t } = useTranslation('settings')
  const stored = useQuery(api.settings.getImportant.queryOptions())
  const session = useQuery(api.auth.session.queryOptions())
  const writable = session.data?.permissions.includes('settings.write') ?? false
  return (
    <Stack className="pageBody" gap="md" maw={860}>
      <Title order={1}>{t('title')}</Title>
      {stored.isError && <ErrorPanel error={stored.error} onRetry={() => void stored.refetch()} />}
      {stored.data && <SettingsForm key={stored.data.version} stored={stored.data} writable={writable} />}
    </Stack>
  )
}
