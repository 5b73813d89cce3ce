import { Button, Skeleton, Text, Title } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InspectionRow } from '../../../../contract/keypad-inspections'
import { api } from '../../lib/client'
import { formatDate, formatDateTime, formatPlainDate } from '../../lib/format'
import { Count, ErrorPanel } from '../../ui/states'
import { usePaged } from '../../ui/use-paged'
import { ResultChip } from './inspection-chip'
import styles from './inspection.module.css'

const PAGE = 20

function Photo({ inspection }: { inspection: InspectionRow }) {
  const { t } = useTranslation('inspections')
  const [opened, setOpened] = useState(false)
  const photo = useQuery(
    api.keypadInspections.photo.queryOptions({
      input: { inspectionId: inspection.id },
      enabled: opened,
      staleTime: Infinity,
    }),
  )
  if (!opened) {
    return (
      <Button variant="subtle" size="compact-sm" onClick={() => setOpened(true)}>
        {t('history.photo')}
      </Button>
    )
  }
  if (photo.isError) return <ErrorPanel error={photo.error} onRetry={() => void photo.refetch()} />
  if (!photo.data) return <Skeleton height={120} mt={6} />
  return (
    <img
      className={styles.photo}
      src={`data:${photo.data.type};base64,${photo.data.data}`}
      alt={t('history.photoOf', { date: formatDate(inspection.signedAt) })}
    />
  )
}

function Entry({ inspection }: { inspection: InspectionRow }) {
  const { t } = useTranslation('inspections')
  const told = inspection.answers.filter(({ answer, note }) => answer === 'no' || note !== '')
  return (
    <li>
      <div className={styles.entry}>
        <b>{formatDateTime(inspection.signedAt)}</b>
        <ResultChip result={inspection.result} />
      </div>
      <Text size="xs" c="dimmed">
        {t('history.by', { name: inspection.signer })} /{' '}
        {t('history.due', { date: formatPlainDate(inspection.dueOn) })}
      </Text>
      {told.map(({ item, answer, note }) => (
        <Text key={item} size="sm">
          {answer === 'no'
            ? t('history.findings', { item: t(`form.items.${item}`) })
            : t(`form.items.${item}`)}
          {note !== '' && ` — ${note}`}
        </Text>
      ))}
      {inspection.note !== '' && (
        <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
          {inspection.note}
        </Text>
      )}
      {inspection.hasPhoto && <Photo inspection={inspection} />}
    </li>
  )
}

/** All inspections of a keypad, newest first. */
export function InspectionHistory({ keypadId }: { keypadId: string }) {
  const { t } = useTranslation('inspections')
  const { t: common } = useTranslation('common')
  const list = useInfiniteQuery(
    api.keypadInspections.history.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: PAGE, keypadId }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
    }),
  )
  const { rows, count, foot } = usePaged(list)
  return (
    <section className="card" aria-labelledby="inspection-history">
      <div className={styles.entry}>
        <Title order={2} id="inspection-history" flex={1}>
          {t('history.title')}
        </Title>
        <Count count={count} />
      </div>
      {list.isError && <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton height={140} mt="sm" />}
      {rows?.length === 0 && (
        <Text size="sm" mt={6}>
          {t('history.none')}
        </Text>
      )}
      <ul className={styles.history}>
        {rows?.map((inspection) => (
          <Entry key={inspection.id} inspection={inspection} />
        ))}
      </ul>
      {foot.hasMore && (
        <Button variant="default" size="compact-sm" loading={foot.loading} onClick={foot.onMore}>
          {common('more')}
        </Button>
      )}
    </section>
  )
}
