import { Radio } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { MergeField, type MergeChoice, type MergePreview } from '../../../../contract/customer-merge'
import { formatDate } from '../../lib/format'
import styles from './customer-merge.module.css'

interface MergeChoicesProps {
  readonly preview: MergePreview
  readonly choices: Readonly<Record<MergeField, MergeChoice>>
  readonly onChoose: (field: MergeField, choice: MergeChoice) => void
}

/** Both customers field by field. Where they differ, the arrow keys choose; where they agree, it is said once. */
export function MergeChoices({ preview, choices, onChoose }: MergeChoicesProps) {
  const { t } = useTranslation('customerMerge')
  const { kept, merged } = preview
  const head = (side: 'kept' | 'merged') => {
    const { number, name, createdAt, orderCount } = preview[side]
    return (
      <th scope="col" data-side={side}>
        <span className={styles.side}>{t(`page.${side}`)}</span>
        <span className={styles.name}>{name}</span>
        <span className={styles.facts}>
          {t('page.facts', { number, since: formatDate(createdAt), count: orderCount })}
        </span>
      </th>
    )
  }
  const shown = MergeField.options.filter((field) => kept.values[field] !== '' || merged.values[field] !== '')
  return (
    <table className={styles.choices} aria-label={t('page.title')}>
      <colgroup>
        <col className={styles.fieldColumn} />
        <col />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{t('page.item')}</th>
          {head('kept')}
          {head('merged')}
        </tr>
      </thead>
      <tbody>
        {shown.map((field) => (
          <Row
            key={field}
            field={field}
            preview={preview}
            choice={choices[field]}
            onChoose={(choice) => onChoose(field, choice)}
          />
        ))}
      </tbody>
    </table>
  )
}

interface RowProps {
  readonly field: MergeField
  readonly preview: MergePreview
  readonly choice: MergeChoice
  readonly onChoose: (choice: MergeChoice) => void
}

function Row({ field, preview, choice, onChoose }: RowProps) {
  const { t } = useTranslation('customerMerge')
  const [kept, merged] = [preview.kept.values[field], preview.merged.values[field]]
  const isSame = kept === merged
  const option = (side: 'kept' | 'merged', value: string) => (
    <td data-chosen={choice === side || choice === 'both'}>
      <Radio
        name={field}
        label={value || t('page.blank')}
        aria-label={t('page.choose', {
          field: t(`fields.${field}`),
          side: t(`page.${side}`),
          value: value || t('page.blank'),
        })}
        checked={choice === side}
        onChange={() => onChoose(side)}
      />
    </td>
  )
  return (
    <tr data-testid={`choice-${field}`}>
      <th scope="row">{t(`fields.${field}`)}</th>
      {isSame ? (
        <td colSpan={2} className={styles.same}>
          {kept}
        </td>
      ) : (
        <>
          {option('kept', kept)}
          {field === 'note' && kept !== '' && merged !== '' ? (
            <td data-chosen={choice !== 'kept'}>
              <Radio
                name={field}
                label={merged}
                aria-label={t('page.choose', {
                  field: t(`fields.${field}`),
                  side: t('page.merged'),
                  value: merged,
                })}
                checked={choice === 'merged'}
                onChange={() => onChoose('merged')}
              />
              <Radio
                mt={8}
                name={field}
                label={t('page.both')}
                checked={choice === 'both'}
                onChange={() => onChoose('both')}
              />
            </td>
          ) : (
            option('merged', merged)
          )}
        </>
      )}
    </tr>
  )
}
