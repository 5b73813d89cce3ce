import { Alert, Button, Group, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { BulkDetail } from '../../../../contract/subscription-bulk'
import { api, client } from '../../lib/client'
import { formatCount } from '../../lib/format'
import { dialogIsOpen, useHotkey } from '../../lib/keyboard'
import { Dialog } from '../../ui/dialog'
import { ErrorPanel, Key } from '../../ui/states'
import styles from './subscription-bulk.module.css'

function useRefresh() {
  const queries = useQueryClient()
  return () => queries.invalidateQueries({ queryKey: api.subscriptionBulk.key() })
}

function AgainButton({ id }: { id: string }) {
  const { t } = useTranslation('subscriptionBulk')
  return (
    <Button component={Link} href={`/subscriptions/bulk/new?from=${id}`} variant="default">
      {t('decide.again')}
    </Button>
  )
}

/** What was looked at is carried out, or given up. */
function Decision({ detail }: { detail: BulkDetail }) {
  const { t } = useTranslation('subscriptionBulk')
  const { id, counts } = detail
  const refresh = useRefresh()
  const applying = useMutation({
    mutationFn: () => client.subscriptionBulk.apply({ id }),
    onSettled: refresh,
  })
  const dropping = useMutation({
    mutationFn: () => client.subscriptionBulk.cancel({ id }),
    onSettled: refresh,
  })
  const isBusy = applying.isPending || dropping.isPending
  const nothing = counts.ready === 0
  useHotkey('F12', () => !nothing && !isBusy && !dialogIsOpen() && applying.mutate())
  return (
    <>
      <div className={styles.decide}>
        <Text size="sm">{t(nothing ? 'decide.nothing' : 'decide.words')}</Text>
        <AgainButton id={id} />
        <Button
          variant="default"
          loading={dropping.isPending}
          disabled={applying.isPending}
          onClick={() => dropping.mutate()}
        >
          {t('decide.drop')}
        </Button>
        {!nothing && (
          <Button
            aria-keyshortcuts="F12"
            rightSection={<Key>F12</Key>}
            loading={applying.isPending}
            disabled={dropping.isPending}
            onClick={() => applying.mutate()}
          >
            {t('decide.apply', { shown: formatCount(counts.ready) })}
          </Button>
        )}
      </div>
      {applying.isError && <ErrorPanel error={applying.error} />}
      {dropping.isError && <ErrorPanel error={dropping.error} />}
    </>
  )
}

function Note({ detail, words }: { detail: BulkDetail; words: string }) {
  return (
    <Alert color="gray" role="note" py={8} c="var(--mantine-color-text)">
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{words}</Text>
        <AgainButton id={detail.id} />
      </Group>
    </Alert>
  )
}

/** What is to be decided about a 一括変更, or what is to be known of it. */
export function BulkActions({ detail }: { detail: BulkDetail }) {
  const { t } = useTranslation('subscriptionBulk')
  const { state, counts } = detail
  if (state === 'previewed') return <Decision detail={detail} />
  if (state === 'cancelled') return <Note detail={detail} words={t('after.cancelled')} />
  if (state === 'undone' && counts.kept > 0)
    return <Note detail={detail} words={t('after.kept', { shown: formatCount(counts.kept) })} />
  if (state === 'done' && counts.undone + counts.kept > 0) {
    const [undone, applied] = [formatCount(counts.undone), formatCount(counts.applied)]
    return <Note detail={detail} words={t('after.undoStopped', { undone, applied })} />
  }
  if (state === 'done' && counts.skipped > 0)
    return <Note detail={detail} words={t('after.skipped', { shown: formatCount(counts.skipped) })} />
  return null
}

/** 変更を元に戻す, after asking. */
export function UndoButton({ detail }: { detail: BulkDetail }) {
  const { t } = useTranslation('subscriptionBulk')
  const { t: common } = useTranslation('common')
  const [asking, setAsking] = useState(false)
  const refresh = useRefresh()
  const undoing = useMutation({
    mutationFn: () => client.subscriptionBulk.undo({ id: detail.id }),
    onSuccess: () => setAsking(false),
    onSettled: refresh,
  })
  const { counts } = detail
  if (detail.state !== 'done' || counts.applied === 0) return null
  const isRest = counts.undone + counts.kept > 0
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t(isRest ? 'undo.rest' : 'undo.button')}
      </Button>
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t('undo.title')} size={540}>
        <Text size="sm">{t('undo.words')}</Text>
        {undoing.isError && <ErrorPanel error={undoing.error} />}
        <Group justify="flex-end" mt="md" gap={10}>
          <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
            {common('cancel')}
          </Button>
          <Button loading={undoing.isPending} onClick={() => undoing.mutate()}>
            {t('undo.yes')}
          </Button>
        </Group>
      </Dialog>
    </>
  )
}
