import { Button, Text, Title } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { BackLink } from '../back-link'
import pageHead from '../page-head.module.css'
import { ErrorPanel } from '../states'
import type { ChosenCsv, CsvImport } from './csv-import'
import styles from './csv-import.module.css'

interface CsvImportsPageProps<Field extends string, File extends ChosenCsv<Field>> {
  readonly of: CsvImport<Field, File>
  readonly title: string
  readonly intro: string
  readonly back: { readonly list: string; readonly words: string }
  readonly renderWizard: (file: File) => ReactNode
  /** The imports so far, shown until a file is chosen. */
  readonly history: ReactNode
}

/** The imports so far, and the way to a new one. */
export function CsvImportsPage<Field extends string, File extends ChosenCsv<Field>>({
  of: { procedures },
  title,
  intro,
  back,
  renderWizard,
  history,
}: CsvImportsPageProps<Field, File>) {
  const { t } = useTranslation('csvImports')
  const [chosen, setChosen] = useState<File | null>(null)
  const choosing = useMutation({
    mutationFn: () => procedures.choose(),
    onSuccess: (file) => file && setChosen(() => file),
  })
  return (
    <div className={chosen ? `pageBody ${styles.wizard}` : 'listPage'}>
      <div className={pageHead.head}>
        <BackLink list={back.list}>{back.words}</BackLink>
        <Title order={1}>{title}</Title>
        <div className={pageHead.rest} />
        <Button
          variant={chosen ? 'default' : 'filled'}
          leftSection={<IconUpload size={16} aria-hidden="true" />}
          loading={choosing.isPending}
          onClick={() => choosing.mutate()}
        >
          {t(chosen ? 'chooseAgain' : 'choose')}
        </Button>
      </div>
      {choosing.isError && <ErrorPanel error={choosing.error} />}
      {chosen ? (
        renderWizard(chosen)
      ) : (
        <>
          <Text size="sm" maw={880}>
            {intro}
          </Text>
          {history}
        </>
      )}
    </div>
  )
}
