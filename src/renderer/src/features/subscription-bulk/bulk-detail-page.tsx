import { Button, SegmentedControl, Skeleton, Title } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation, useSearch } from 'wouter'
import type { BulkDetail, BulkList } from '../../../../contract/subscription-bulk'
import { api, client } from '../../lib/client'
import { formatCount } from '../../lib/format'
import { BackLink } from '../../ui/back-link'
import { CsvExport } from '../../ui/csv-export'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel } from '../../ui/states'
import { useBackKey } from '../../ui/use-back-key'
import runs from '../subscription-runs/subscription-runs.module.css'
import { BulkActions, UndoButton } from './bulk-actions'
import { BulkStateChip } from './bulk-columns'
import { BulkFacts } from './bulk-facts'
import { BulkProgress, movingOf } from './bulk-progress'
import { BulkLetters, BulkRows } from './bulk-report'
import styles from './subscription-bulk.module.css'

const LIST = '/subscriptions/bulk'
const STATES = [
  'ready',
  'applied',
  'undone',
  'skipped',
  'kept',
  'blocked',
  'own',
] as const satisfies readonly BulkList[]
type Tab = BulkList | 'letters'

/** What goes on at another seat is asked for again after so many ms. */
const ELSEWHERE_MS = 3000

/** The lists that there is something in; the first of them is shown first. */
function tabsOf({ counts, state }: BulkDetail): readonly { tab: Tab; count: number }[] {
  const some = STATES.map((tab) => ({ tab, count: counts[tab] })).filter(({ count }) => count > 0)
  const letters = counts.ready + counts.applied
  if (some.length === 0) return [{ tab: 'ready', count: 0 }]
  return letters === 0 || state === 'previewing' ? some : [...some, { tab: 'letters', count: letters }]
}

interface TabProps {
  readonly detail: BulkDetail
  readonly tab: Tab
}

/** CSV出力 and 印刷 of what is shown. CSV is for who may take customers out. */
function Exports({ detail: { id, counts }, tab }: TabProps) {
  const { t } = useTranslation('subscriptionBulk')
  const session = useQuery(api.auth.session.queryOptions())
  const disabled = tab === 'letters' ? counts.ready + counts.applied === 0 : counts[tab] === 0
  return (
    <>
      {session.data?.permissions.includes('customer.export') === true && (
        <CsvExport
          words={t(tab === 'letters' ? 'letters.csv' : 'letters.csvRows')}
          disabled={disabled}
          run={(encoding, call) =>
            tab === 'letters'
              ? client.subscriptionBulk.saveLetters({ id, encoding }, call)
              : client.subscriptionBulk.saveRows({ id, state: tab, encoding }, call)
          }
        />
      )}
      <Button
        variant="default"
        leftSection={<IconPrinter size={16} aria-hidden="true" />}
        disabled={disabled}
        onClick={() => window.print()}
      >
        {t('letters.print')}
      </Button>
    </>
  )
}

function Head({ detail, tab }: TabProps) {
  const { t } = useTranslation('subscriptionBulk')
  const { kind, title, state } = detail
  const name = `${t(`kind.${kind}`)} ${title}`
  return (
    <div className={pageHead.head}>
      <BackLink list={LIST}>{t('backToList')}</BackLink>
      <Title order={1} className={styles.title ?? ''} title={name}>
        {name}
      </Title>
      <span role="status" data-testid="bulk-state" data-state={state}>
        <BulkStateChip state={state} />
      </span>
      <div className={pageHead.rest} />
      {movingOf(detail) === undefined && state !== 'cancelled' && (
        <>
          <UndoButton detail={detail} />
          <Exports detail={detail} tab={tab} />
        </>
      )}
    </div>
  )
}

function Report({ detail, tab }: TabProps) {
  const { t } = useTranslation('subscriptionBulk')
  const [, go] = useLocation()
  const tabs = tabsOf(detail)
  return (
    <>
      {tabs.length > 1 && (
        <SegmentedControl
          className={runs.tabs ?? ''}
          aria-label={t('tabs.label')}
          data={tabs.map(({ tab: value, count }) => ({
            value,
            label: t('tab', { name: t(`tabs.${value}`), shown: formatCount(count) }),
          }))}
          value={tab}
          onChange={(value) => go(`${LIST}/${detail.id}?tab=${value}`, { replace: true })}
        />
      )}
      {tab === 'letters' ? <BulkLetters detail={detail} /> : <BulkRows detail={detail} state={tab} />}
    </>
  )
}

function Body({ detail }: { detail: BulkDetail }) {
  const asked = new URLSearchParams(useSearch()).get('tab')
  const tabs = tabsOf(detail)
  const tab = tabs.find((one) => one.tab === asked)?.tab ?? tabs[0]?.tab ?? 'ready'
  return (
    <>
      <Head detail={detail} tab={tab} />
      <BulkProgress detail={detail} />
      <BulkFacts detail={detail} />
      <BulkActions detail={detail} />
      {detail.state !== 'previewing' && detail.state !== 'cancelled' && <Report detail={detail} tab={tab} />}
    </>
  )
}

/** One 一括変更: what it would change, how far it is, what it has changed, and whom to write to. */
export function BulkDetailPage({ id }: { id: string }) {
  const found = useQuery({
    ...api.subscriptionBulk.get.queryOptions({ input: { id } }),
    refetchInterval: ({ state: { data } }) =>
      data && data.job === null && movingOf(data) !== undefined ? ELSEWHERE_MS : false,
  })
  useBackKey(LIST)
  return (
    <div className="listPage">
      {found.isError && <ErrorPanel error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Skeleton height={420} aria-hidden="true" />}
      {found.data && <Body detail={found.data} />}
    </div>
  )
}
