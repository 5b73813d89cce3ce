import { Anchor, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { BulkDetail } from '../../../../contract/subscription-bulk'
import { formatCount, formatDateTime, formatDayOfYear, formatYen } from '../../lib/format'
import { useDeskStates } from './use-desk-states'
import styles from './subscription-bulk.module.css'

const COUNTS = ['found', 'ready', 'applied', 'undone', 'skipped', 'kept', 'blocked'] as const

/** What was wished, in a line each. */
function useWishWords({ wish, products }: BulkDetail) {
  const { t } = useTranslation('subscriptionBulk')
  const stateWords = useDeskStates()
  const { change, filter, fromDate, keepsMinimum, reason } = wish
  const nameOf = (id: string) => products.find((one) => one.id === id)?.name ?? ''
  const what =
    change.kind === 'price'
      ? change.prices
          .map(({ productId, price }) =>
            t('wish.priceOf', { name: nameOf(productId), price: formatYen(price) }),
          )
          .join('、')
      : t('wish.replace', {
          from: nameOf(change.productId),
          by: nameOf(change.byProductId),
          count: change.perOne,
          price: change.price === null ? t('form.pricedDay') : formatYen(change.price),
        })
  const { turnFrom, turnTo, nextFrom, nextTo, currentPrice } = filter
  const day = (date: string | null) => (date === null ? '' : formatDayOfYear(date))
  const target = [
    stateWords(filter.states),
    ...(turnFrom === null && turnTo === null
      ? []
      : [t('wish.turns', { from: turnFrom ?? '', to: turnTo ?? '' })]),
    ...(nextFrom === null && nextTo === null
      ? []
      : [t('wish.next', { from: day(nextFrom), to: day(nextTo) })]),
    ...(currentPrice === null ? [] : [t('wish.currentPrice', { price: formatYen(currentPrice) })]),
  ]
  const start = [
    fromDate === null ? t('wish.startNext') : t('wish.startDate', { date: formatDayOfYear(fromDate) }),
    t(keepsMinimum ? 'wish.keeps' : 'wish.keepsNot'),
  ]
  return [
    ['change', what],
    ['target', target.join(' / ')],
    ['start', start.join(' / ')],
    ...(reason === '' ? [] : [['reason', reason] as const]),
  ] as const
}

/** How many contracts are in which state, and what was wished. */
export function BulkFacts({ detail }: { detail: BulkDetail }) {
  const { t } = useTranslation('subscriptionBulk')
  const { counts, state, totals, createdAt, appliedAt, startedBy } = detail
  const isAhead = state === 'previewing' || state === 'previewed'
  const isGivenUp = state === 'cancelled'
  const shown = COUNTS.filter(
    (key) =>
      key === 'found' ||
      (!isGivenUp && (key === 'blocked' || counts[key] > 0 || (key === 'ready' && isAhead))),
  )
  const wish = useWishWords(detail)
  return (
    <section className={`card ${styles.facts}`} aria-label={t('counts.label')}>
      <div className={styles.figures}>
        <dl className={styles.counts}>
          {shown.map((key) => (
            <div key={key} data-testid={`count-${key}`}>
              <dt>{t(`counts.${key}`)}</dt>
              <dd>{t('counts.count', { shown: formatCount(counts[key]) })}</dd>
            </div>
          ))}
          {counts.own > 0 && !isGivenUp && (
            <div data-testid="count-own">
              <dt>{t('counts.own')}</dt>
              <dd>
                <Anchor
                  component={Link}
                  href={`/subscriptions/bulk/${detail.id}?tab=own`}
                  underline="always"
                  inherit
                  title={t('tabs.own')}
                >
                  {t('counts.count', { shown: formatCount(counts.own) })}
                </Anchor>
              </dd>
            </div>
          )}
          {totals.before > 0 && !isGivenUp && (
            <div data-testid="bulk-totals">
              <dt>{t('counts.totals')}</dt>
              <dd>
                {t('counts.change', { before: formatYen(totals.before), after: formatYen(totals.after) })}
              </dd>
            </div>
          )}
        </dl>
        <Text size="xs" c="dimmed">
          {t('by', { at: formatDateTime(createdAt), who: startedBy })}
          {appliedAt !== null && ` / ${t('applied', { at: formatDateTime(appliedAt) })}`}
        </Text>
      </div>
      <dl className={styles.wish} aria-label={t('wish.label')}>
        {wish.map(([key, words]) => (
          <div key={key}>
            <dt>{t(`wish.${key}`)}</dt>
            <dd title={words}>{words}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
