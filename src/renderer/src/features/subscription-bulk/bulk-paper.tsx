import { Portal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { BulkDetail, BulkLetter, BulkList, BulkRow } from '../../../../contract/subscription-bulk'
import { formatCount, formatDateTime, formatYen } from '../../lib/format'
import runs from '../subscription-runs/subscription-runs.module.css'
import { addressWords, hasReason, useTurnWords } from './row-columns'

type PaperProps = {
  readonly detail: BulkDetail
} & (
  | { readonly tab: BulkList; readonly rows: readonly BulkRow[] }
  | { readonly tab: 'letters'; readonly letters: readonly BulkLetter[] }
)

interface Line {
  readonly id: string
  readonly cells: readonly string[]
}

const yenOf = (amount: number | null): string => (amount === null ? '' : formatYen(amount))

function useLines(props: PaperProps): { heads: readonly string[]; lines: readonly Line[] } {
  const { t } = useTranslation('subscriptionBulk')
  const turnWords = useTurnWords()
  if (props.tab === 'letters')
    return {
      heads: [
        t('rows.number'),
        t('letters.name'),
        t('letters.address'),
        t('rows.before'),
        t('rows.after'),
        t('rows.from'),
        t('rows.newTotal'),
      ],
      lines: props.letters.map((row) => ({
        id: row.subscriptionId,
        cells: [
          String(row.number),
          row.name,
          addressWords(row),
          row.before,
          row.after,
          turnWords(row),
          yenOf(row.newTotal),
        ],
      })),
    }
  const isReason = hasReason(props.tab)
  return {
    heads: [
      t('rows.number'),
      t('rows.customer'),
      t('rows.before'),
      t('rows.after'),
      ...(isReason ? [t('rows.reason')] : [t('rows.from'), t('rows.oldTotal'), t('rows.newTotal')]),
      t('rows.notes'),
    ],
    lines: props.rows.map((row) => ({
      id: row.subscriptionId,
      cells: [
        String(row.number),
        row.customer,
        row.before,
        row.after,
        ...(isReason ? [row.reason] : [turnWords(row), yenOf(row.oldTotal), yenOf(row.newTotal)]),
        row.notes.join(' '),
      ],
    })),
  }
}

/** The same on paper: what of it is on the screen. */
export function BulkPaper(props: PaperProps) {
  const { t } = useTranslation('subscriptionBulk')
  const { detail, tab } = props
  const { heads, lines } = useLines(props)
  return (
    <Portal reuseTargetNode={false}>
      <div className={runs.paper} aria-hidden="true">
        <h1>
          {t(`kind.${detail.kind}`)} {detail.title}
        </h1>
        <p>
          {formatDateTime(detail.createdAt)} {detail.startedBy} {detail.wish.reason}
        </p>
        <h2>
          {t(`tabs.${tab}`)} {t('letters.printed', { shown: formatCount(lines.length) })}
        </h2>
        <table>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head}>{head}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map(({ id, cells }) => (
              <tr key={id}>
                {cells.map((words, at) => (
                  <td key={heads[at]}>{words}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Portal>
  )
}
