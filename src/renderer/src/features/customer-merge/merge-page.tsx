import { Button, Skeleton, Stack, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconArrowsExchange } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { MergeChoice, MergeField, MergePreview } from '../../../../contract/customer-merge'
import { api, client, refusalCode } from '../../lib/client'
import { tellError } from '../../lib/tell-error'
import { BackLink } from '../../ui/back-link'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel } from '../../ui/states'
import { useCounted } from './counted'
import { MergeChoices } from './merge-choices'

interface MergePageProps {
  readonly keptId: string
  readonly mergedId: string
}

/** Two customers side by side, a choice for each field, and what moves. */
export function MergePage({ keptId, mergedId }: MergePageProps) {
  const { t } = useTranslation('customerMerge')
  const [, go] = useLocation()
  const preview = useQuery(api.customerMerge.preview.queryOptions({ input: { keptId, mergedId } }))
  const { data } = preview
  return (
    <Stack className="pageBody" gap={14}>
      <div className={pageHead.head}>
        <BackLink list="/customers/duplicates">{t('title')}</BackLink>
        <Title order={1}>{t('page.title')}</Title>
        <Button
          variant="default"
          disabled={!data}
          leftSection={<IconArrowsExchange size={16} aria-hidden="true" />}
          onClick={() => go(`/customers/${mergedId}/merge/${keptId}`, { replace: true })}
        >
          {t('page.swap')}
        </Button>
        <div className={pageHead.rest} />
      </div>
      {preview.isError && <ErrorPanel error={preview.error} onRetry={() => void preview.refetch()} />}
      {preview.isPending && <Skeleton height={420} />}
      {data && !preview.isError && <Choosing preview={data} onStale={() => void preview.refetch()} />}
    </Stack>
  )
}

function useMerging(preview: MergePreview, onStale: () => void) {
  const { t } = useTranslation('customerMerge')
  const [, go] = useLocation()
  const queries = useQueryClient()
  const { kept, merged } = preview
  return useMutation({
    mutationFn: (choices: Record<MergeField, MergeChoice>) =>
      client.customerMerge.merge({
        keptId: kept.id,
        mergedId: merged.id,
        keptVersion: kept.version,
        mergedVersion: merged.version,
        choices,
      }),
    onSuccess: async ({ keptId }) => {
      notifications.show({ message: t('page.done') })
      go(`/customers/${keptId}`, { replace: true })
      await queries.invalidateQueries()
    },
    onError: (error) => {
      if (refusalCode(error) !== 'STALE') return tellError(error)
      notifications.show({ message: t('page.stale'), color: 'yellow' })
      onStale()
    },
  })
}

function useDistinct({ kept, merged }: MergePreview) {
  const { t } = useTranslation('customerMerge')
  const queries = useQueryClient()
  const [, go] = useLocation()
  const set = useMutation({
    mutationFn: (distinct: boolean) =>
      client.customerMerge.setDistinct({ oneId: kept.id, otherId: merged.id, distinct }),
    onSuccess: () => queries.invalidateQueries({ queryKey: api.customerMerge.key() }),
    onError: tellError,
  })
  const say = () =>
    set.mutate(true, {
      onSuccess: () => {
        notifications.show({
          message: (
            <>
              {t('page.distinctDone')}{' '}
              <Button size="compact-sm" variant="default" onClick={() => set.mutate(false)}>
                {t('undoWord')}
              </Button>
            </>
          ),
        })
        go('/customers/duplicates')
      },
    })
  return { say, isPending: set.isPending }
}

function Choosing({ preview, onStale }: { preview: MergePreview; onStale: () => void }) {
  const { t } = useTranslation('customerMerge')
  const [chosen, setChosen] = useState<Partial<Record<MergeField, MergeChoice>>>({})
  const choices = { ...preview.choices, ...chosen }
  const counted = useCounted()
  const merging = useMerging(preview, onStale)
  const distinct = useDistinct(preview)
  const { moves, isBlacklisted, undoDays } = preview
  return (
    <>
      <Text size="sm">{t('page.words')}</Text>
      <MergeChoices
        preview={preview}
        choices={choices}
        onChoose={(field, choice) => setChosen((before) => ({ ...before, [field]: choice }))}
      />
      <section className="card" aria-labelledby="moves">
        <Title order={2} mb={6} id="moves">
          {t('page.moves')}
        </Title>
        <Text size="sm">{moves.length === 0 ? t('page.noMoves') : counted(moves)}</Text>
        {isBlacklisted && (
          <Text size="sm" mt={6}>
            {t('page.blacklisted')}
          </Text>
        )}
        <Text size="sm" mt={6}>
          {t('page.after', { days: undoDays })}
        </Text>
      </section>
      <div className={pageHead.head}>
        <Button variant="default" loading={distinct.isPending} onClick={distinct.say}>
          {t('page.distinct')}
        </Button>
        <div className={pageHead.rest} />
        <Button loading={merging.isPending} onClick={() => merging.mutate(choices)}>
          {t('page.merge')}
        </Button>
      </div>
    </>
  )
}
