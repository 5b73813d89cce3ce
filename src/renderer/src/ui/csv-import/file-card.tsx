import { Group, Select, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { CodePage, type Delimiter } from '../../../../contract/csv-imports'
import { formatCount } from '../../lib/format'
import type { ChosenCsv } from './csv-import'
import styles from './csv-import.module.css'

const KB = 1024

interface FileCardProps {
  readonly file: Pick<ChosenCsv<never>, 'name' | 'size'>
  readonly codePage: CodePage
  readonly delimiter: Delimiter
  /** What is to be said of the file. */
  readonly words: string | undefined
  readonly onReread: (how: { codePage: CodePage; delimiter: Delimiter }) => void
}

/** The chosen file, and how its text is written. */
export function FileCard({ file, codePage, delimiter, words, onReread }: FileCardProps) {
  const { t } = useTranslation('csvImports')
  return (
    <section className="card" aria-labelledby="import-file">
      <Title order={2} id="import-file">
        {t('file.title')}
      </Title>
      <Group gap={16} align="end" mt={8}>
        <div className={styles.fileName}>
          <Text fw={600} truncate title={file.name}>
            {file.name}
          </Text>
          <Text size="sm" c="dimmed">
            {t('file.size', { size: formatCount(Math.ceil(file.size / KB)) })}
          </Text>
        </div>
        <Select
          label={t('file.codePage')}
          w={190}
          allowDeselect={false}
          data={CodePage.options.map((value) => ({ value, label: t(`file.${value}`) }))}
          value={codePage}
          onChange={(value) => onReread({ codePage: value === 'cp932' ? 'cp932' : 'utf-8', delimiter })}
        />
        <Select
          label={t('file.delimiter')}
          w={120}
          allowDeselect={false}
          data={[
            { value: ',', label: t('file.comma') },
            { value: '\t', label: t('file.tab') },
          ]}
          value={delimiter}
          onChange={(value) => onReread({ codePage, delimiter: value === '\t' ? '\t' : ',' })}
        />
        {words !== undefined && (
          <Text size="sm" className={styles.fileWords ?? ''}>
            {words}
          </Text>
        )}
      </Group>
    </section>
  )
}
