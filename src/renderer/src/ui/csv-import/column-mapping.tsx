import { Button, Group, Select, Text, Title } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChosenCsv, CsvImport, FieldGroups } from './csv-import'
import styles from './csv-import.module.css'
import { SavedMappings } from './saved-mappings'

const IGNORE = 'ignore'

interface ColumnMappingProps<Field extends string, File extends ChosenCsv<Field>> {
  readonly of: CsvImport<Field, File>
  readonly file: File
  readonly fields: FieldGroups<Field>
  /** What the file must tell. */
  readonly words: string
  /** How cells are written. */
  readonly help: ReactNode
  /** The columns are known: they are shown when asked for. */
  readonly folded: boolean
  readonly onChange: (meanings: (Field | null)[]) => void
}

/** What each column of the file means; guessed from the head line, changed by hand, kept by name. */
export function ColumnMapping<Field extends string, File extends ChosenCsv<Field>>(
  props: ColumnMappingProps<Field, File>,
) {
  const { of, file, fields, words, help, folded, onChange } = props
  const { t } = useTranslation('csvImports')
  const [opened, setOpened] = useState(!folded)
  const { head, reading } = file
  const { meanings } = reading
  const set = (at: number, value: string | null) => {
    const meaning = fields.flatMap(({ items }) => items).find((one) => one.value === value)?.value ?? null
    onChange(meanings.map((one, index) => (index === at ? meaning : one === meaning ? null : one)))
  }
  const options = [
    { value: IGNORE, label: t('mapping.ignore') },
    ...fields.map(({ group, items }) => ({ group, items: [...items] })),
  ]
  return (
    <section className="card" aria-labelledby="import-mapping">
      <Group justify="space-between">
        <Title order={2} id="import-mapping">
          {t('mapping.title')}
        </Title>
        <Button
          variant="default"
          size="compact-sm"
          aria-expanded={opened}
          onClick={() => setOpened((was) => !was)}
        >
          {t(opened ? 'mapping.hide' : 'mapping.show')}
        </Button>
      </Group>
      {opened && (
        <>
          <Text size="sm" c="dimmed" mt={4}>
            {words}
          </Text>
          {help}
          <div className={styles.columns}>
            {head.map((header, at) => (
              // The columns of one file do not move.
              // eslint-disable-next-line react/no-array-index-key -- head lines may name two columns alike
              <div className={styles.column} key={at}>
                <Text size="sm" truncate title={header}>
                  {header}
                </Text>
                <Select
                  aria-label={t('mapping.of', { header })}
                  size="xs"
                  data={options}
                  allowDeselect={false}
                  searchable
                  nothingFoundMessage={t('mapping.noField')}
                  value={meanings[at] ?? IGNORE}
                  onChange={(value) => set(at, value)}
                />
              </div>
            ))}
          </div>
          <SavedMappings of={of} head={head} meanings={meanings} onChange={onChange} />
        </>
      )}
    </section>
  )
}
