import { Text, Title } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { KeypadEventSubtype, KeypadEventType, type KeypadEventRow } from '../../../../contract/keypad-monitor'
import { api } from '../../lib/client'
import { formatExact, formatExactTime } from '../../lib/format'
import { ChoiceFilter } from '../../ui/choice-filter'
import { ListFoot } from '../../ui/list-foot'
import { ErrorPanel } from '../../ui/states'
import { StatusChip, type Tone } from '../../ui/status-chip'
import { usePaged } from '../../ui/use-paged'
import styles from './keypads.module.css'

const PAGE = 50

const TONES: Readonly<Record<KeypadEventSubtype, Tone>> = {
  started: 'quiet',
  connected: 'good',
  disconnected: 'wait',
  'update-succeeded': 'good',
  'update-deferred': 'wait',
  'update-failed': 'bad',
  registered: 'good',
  changed: 'quiet',
  stopped: 'bad',
  refused: 'bad',
  misread: 'wait',
  'not-encrypting': 'bad',
  'keys-exhausted': 'bad',
}

interface EventFilter {
  readonly type: KeypadEventType[]
  readonly subtype: KeypadEventSubtype[]
}

/** One event; what happened several times within a minute is one row with its span. */
function EventRow({ event }: { event: KeypadEventRow }) {
  const { t } = useTranslation('keypadMonitor')
  const span = t('events.span', { from: formatExactTime(event.at), to: formatExactTime(event.lastAt) })
  return (
    <tr>
      <td>{formatExact(event.at)}</td>
      <td>{t(`events.types.${event.type}`)}</td>
      <td>
        <StatusChip tone={TONES[event.subtype]}>{t(`events.subtypes.${event.subtype}`)}</StatusChip>
      </td>
      <td className={styles.wrap}>
        {event.detail}{' '}
        {event.times > 1 && (
          <span className={styles.folded}>
            {t('events.folded', { times: event.times })} {span}
          </span>
        )}
      </td>
    </tr>
  )
}

function EventFilters({ filter, onChange }: { filter: EventFilter; onChange: (next: EventFilter) => void }) {
  const { t } = useTranslation('keypadMonitor')
  return (
    <div className={styles.eventHead}>
      <div className={styles.eventTitle}>
        <Title order={2} id="events">
          {t('events.title')}
        </Title>
        <Text size="xs" c="dimmed">
          {t('events.zone')}
        </Text>
      </div>
      <ChoiceFilter
        label={t('events.type')}
        width={130}
        choices={KeypadEventType.options.map((value) => ({ value, label: t(`events.types.${value}`) }))}
        chosen={filter.type}
        onChange={(type) => onChange({ ...filter, type })}
      />
      <ChoiceFilter
        label={t('events.subtype')}
        width={170}
        choices={KeypadEventSubtype.options.map((value) => ({
          value,
          label: t(`events.subtypes.${value}`),
        }))}
        chosen={filter.subtype}
        onChange={(subtype) => onChange({ ...filter, subtype })}
      />
    </div>
  )
}

function EventTable({ rows }: { rows: readonly KeypadEventRow[] }) {
  const { t } = useTranslation('keypadMonitor')
  return (
    // Scrolls by keyboard too.
    <section className={styles.eventBox} aria-label={t('events.list')} tabIndex={0}>
      <table className={styles.table} aria-labelledby="events">
        <colgroup>
          <col style={{ width: 122 }} />
          <col style={{ width: 56 }} />
          <col style={{ width: 128 }} />
          <col />
        </colgroup>
        <thead>
          <tr>
            <th scope="col">{t('events.at')}</th>
            <th scope="col">{t('events.type')}</th>
            <th scope="col">{t('events.subtype')}</th>
            <th scope="col">{t('events.detail')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((event) => (
            <EventRow key={event.id} event={event} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** イベント: what happened to the keypad in the last 30 days, newest first, in the shop's time. */
export function KeypadEvents({ id }: { id: string }) {
  const { t } = useTranslation('keypadMonitor')
  const [filter, setFilter] = useState<EventFilter>({ type: [], subtype: [] })
  const list = useInfiniteQuery(
    api.keypadMonitor.events.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: PAGE, id, ...filter }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const { rows, foot } = usePaged(list)
  const isFiltered = filter.type.length + filter.subtype.length > 0
  return (
    <section className="card" aria-labelledby="events">
      <EventFilters filter={filter} onChange={setFilter} />
      {list.isError && !list.isFetchNextPageError && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      {rows?.length === 0 && <Text size="sm">{t(isFiltered ? 'events.empty' : 'events.none')}</Text>}
      {rows !== undefined && rows.length > 0 && (
        <>
          <EventTable rows={rows} />
          <div className={styles.eventFoot}>
            <ListFoot {...foot} />
          </div>
        </>
      )}
    </section>
  )
}
