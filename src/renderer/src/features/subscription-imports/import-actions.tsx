import { Button, Group, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SubscriptionImportDetail } from '../../../../contract/subscription-imports'
import { api, client } from '../../lib/client'
import { formatCount } from '../../lib/format'
import { Dialog } from '../../ui/dialog'
import { ErrorPanel } from '../../ui/states'

function useRefresh() {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: api.subscriptionImports.key() })
}

/** A checked file: its contracts are written, or it is given up. */
export function Decision({ detail }: { detail: SubscriptionImportDetail }) {
  const { t } = useTranslation('subscriptionImports')
  const { id, counts, state } = detail
  const refresh = useRefresh()
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

/** 取込を取り消す, after asking. */
export function UndoButton({ detail }: { detail: SubscriptionImportDetail }) {
  const { t } = useTranslation('subscriptionImports')
  const { t: common } = useTranslation('common')
  const [asking, setAsking] = useState(false)
  const refresh = useRefresh()
  const undoing = useMutation({
    mutationFn: () => client.subscriptionImports.undo({ id: detail.id }),
    onSuccess: () => setAsking(false),
    onSettled: refresh,
  })
  if (detail.state !== 'visible') return null
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('result.undo')}
      </Button>
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t('result.undoTitle')} size={520}>
        <Text size="sm">{t('result.undoWords')}</Text>
        {undoing.isError && <ErrorPanel error={undoing.error} />}
        <Group justify="flex-end" mt="md" gap={10}>
          <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
            {common('cancel')}
          </Button>
          <Button color="red" loading={undoing.isPending} onClick={() => undoing.mutate()}>
            {t('result.undoYes')}
          </Button>
        </Group>
      </Dialog>
    </>
  )
}
