import { Anchor, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { SubscriptionImportDetail } from '../../../../contract/subscription-imports'
import { api } from '../../lib/client'
import { FaultsCard, KeptCard } from '../../ui/csv-import/fault-cards'
import { CountsCard, ImportDetailFrame } from '../../ui/csv-import/import-detail'
import { RunCard } from '../../ui/csv-import/run-card'
import { UndoButton } from '../../ui/csv-import/undo-button'
import { Decision } from './decision'
import { ReadyCard } from './ready-card'
import { subscriptionCsv } from './subscription-csv'

const COUNTS = ['read', 'good', 'broken', 'noCard', 'written', 'kept'] as const
const WRITTEN = ['visible', 'undoing', 'undone'] as const

function Counts({ detail }: { detail: SubscriptionImportDetail }) {
  const { t } = useTranslation('subscriptionImports')
  const { counts, state } = detail
  const written = WRITTEN.some((one) => one === state)
  const shown = (key: (typeof COUNTS)[number]) =>
    key === 'kept' ? counts.kept > 0 : key !== 'written' || written
  return (
    <CountsCard
      counts={COUNTS.filter(shown).map((key) => ({ key, words: t(`result.${key}`), value: counts[key] }))}
      action={<UndoButton of={subscriptionCsv} detail={detail} words={t('result.undoWords')} />}
    >
      {counts.noCard > 0 && (
        <Text size="sm" mt={8}>
          {t('result.noCardWords')}{' '}
          {state === 'visible' && (
            <Anchor component={Link} href="/subscriptions?attention=1" size="sm" underline="always">
              {t('result.noCardList')}
            </Anchor>
          )}
        </Text>
      )}
      {state === 'visible' && (
        <Anchor
          component={Link}
          href="/subscriptions?sort=newest"
          size="sm"
          mt={6}
          display="block"
          lh="24px"
          w="fit-content"
        >
          {t('result.list')}
        </Anchor>
      )}
      <Decision detail={detail} />
    </CountsCard>
  )
}

function Cards({ detail }: { detail: SubscriptionImportDetail }) {
  const { t } = useTranslation('subscriptionImports')
  const { id, state, counts, faults, kept } = detail
  return (
    <>
      <RunCard
        of={subscriptionCsv}
        detail={detail}
        words={t(state === 'undoing' ? 'run.undoing' : state === 'writing' ? 'run.writing' : 'run.checking')}
        mayCancel={state === 'checking' || state === 'writing'}
      />
      <Counts detail={detail} />
      <FaultsCard
        of={subscriptionCsv}
        id={id}
        title={t('result.faults')}
        faults={faults}
        count={counts.broken}
      />
      <ReadyCard detail={detail} />
      <KeptCard
        title={t('result.keptTitle')}
        numbers={t('result.number')}
        kept={kept.map(({ subscriptionId, number }) => ({
          href: `/subscriptions/${subscriptionId}`,
          number,
          reason: t('result.touched'),
        }))}
        count={counts.kept}
      />
    </>
  )
}

/** One import of 定期: its progress, what it would take, what came out, and what it did not take. */
export function SubscriptionImportPage({ id }: { id: string }) {
  const detail = useQuery(api.subscriptionImports.get.queryOptions({ input: { id } }))
  return (
    <ImportDetailFrame path={subscriptionCsv.path} detail={detail}>
      {detail.data && <Cards detail={detail.data} />}
    </ImportDetailFrame>
  )
}
