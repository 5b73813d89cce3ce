import { Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client'
import { ErrorPanel } from '../../ui/states'
import { ContactTabs } from '../contact-log/contact-tabs'
import { CallbackList } from './callback-list'

/** 折り返し予約: whom this person, or anyone, has promised a call. */
export function CallbacksPage() {
  const { t } = useTranslation('callbacks')
  const list = useQuery(api.callbacks.mine.queryOptions())
  return (
    <Stack className="pageBody" gap={14}>
      <Title order={1}>{t('title')}</Title>
      <ContactTabs />
      {list.isError && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
      {list.data && (
        <section className="card" aria-label={t('title')}>
          {list.data.length === 0 ? (
            <Text size="sm">{t('noneMine')}</Text>
          ) : (
            <CallbackList rows={list.data} named />
          )}
        </section>
      )}
    </Stack>
  )
}
