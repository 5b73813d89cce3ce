import { Alert } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { BothVersions } from './both-versions'
import type { Clash } from './use-versioned-form'

interface ClashNoteProps<T extends object> {
  readonly clashes: readonly Clash<T>[]
  readonly values: T
  /** What is saved. */
  readonly kept: T
  readonly labelOf: (key: keyof T & string) => string
  /** A field's value in words. */
  readonly wordsOf: (key: keyof T & string, value: T[keyof T & string]) => string
  readonly onChoose: (part: Partial<T>) => void
}

const part = <T extends object, K extends keyof T>(key: K, value: T[K]): Partial<T> => {
  const made: Partial<T> = {}
  made[key] = value
  return made
}

/** Another screen was faster: what only it has changed is taken over; where both did, both stand here with a choice. */
export function ClashNote<T extends object>(props: ClashNoteProps<T>) {
  const { clashes, values, kept, labelOf, wordsOf, onChoose } = props
  const { t } = useTranslation('versions')
  const shown = (key: keyof T & string, value: T[keyof T & string]) => wordsOf(key, value) || t('blank')
  return (
    <Alert color="yellow" role="alert" title={t('stale')} c="var(--mantine-color-text)">
      {t(clashes.length === 0 ? 'merged' : 'clash')}
      {clashes.length > 0 && (
        <BothVersions
          rows={clashes.map(({ key, mine }) => ({
            id: key,
            label: labelOf(key),
            note: null,
            mine: shown(key, mine),
            theirs: shown(key, kept[key]),
            chosen: values[key] === kept[key] ? 'theirs' : values[key] === mine ? 'mine' : null,
          }))}
          heads={{ item: t('item'), mine: t('mine'), theirs: t('theirs') }}
          onChoose={(id, side) => {
            const clash = clashes.find(({ key }) => key === id)
            if (clash) onChoose(part(clash.key, side === 'mine' ? clash.mine : kept[clash.key]))
          }}
        />
      )}
    </Alert>
  )
}
