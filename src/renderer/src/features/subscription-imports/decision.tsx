import { Button, Group, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { SubscriptionImportDetail } from '../../../../contract/subscription-imports'
import { client } from '../../lib/client'
import { formatCount } from '../../lib/format'
import { ErrorPanel } from '../../ui/states'
import { subscriptionCsv } from './subscription-csv'

/** A checked file: its contracts are written, or it is given up. */
export function Decision({ detail }: { detail: SubscriptionImportDetail }) {
  const { t } = useTranslation('subscriptionImports')
  const { id, counts, state } = detail
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: subscriptionCsv.key })
  const writing = useMutation({
    mutationFn: () => client.subscriptionImports.write({ id }),
    onSettled: refresh,
  })
  const dropping = useMutation({
    mutationFn: () => client.subscriptionImports.cancel({ id }),
    onSettled: refresh,
  })
  if (state !== 'checked') return null
  return (
    <>
      <Group justify="flex-end" gap={12} mt={12}>
        <Text size="sm">{t(counts.good === 0 ? 'decide.nothing' : 'decide.words')}</Text>
        <Button variant="default" loading={dropping.isPending} onClick={() => dropping.mutate()}>
          {t('decide.drop')}
        </Button>
        <Button disabled={counts.good === 0} loading={writing.isPending} onClick={() => writing.mutate()}>
          {t('decide.write', { count: formatCount(counts.good) })}
        </Button>
      </Group>
      {writing.isError && <ErrorPanel error={writing.error} />}
      {dropping.isError && <ErrorPanel error={dropping.error} />}
    </>
  )
}
