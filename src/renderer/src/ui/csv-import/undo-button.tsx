import { Button, Group, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JobView } from '../../../../contract/jobs'
import { Dialog } from '../dialog'
import { ErrorPanel } from '../states'
import type { RunningImport } from './csv-import'
import type { CsvImportState } from './state-chip'

interface UndoButtonProps {
  readonly of: RunningImport
  readonly detail: { readonly id: string; readonly state: CsvImportState; readonly job: JobView | null }
  /** What becomes of what was taken in. */
  readonly words: string
}

/** 取込を取り消す, after asking. */
export function UndoButton({ of, detail, words }: UndoButtonProps) {
  const { t } = useTranslation('csvImports')
  const { t: common } = useTranslation('common')
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const undoing = useMutation({
    mutationFn: () => of.procedures.undo({ id: detail.id }),
    onSuccess: () => setAsking(false),
    onSettled: () => queries.invalidateQueries({ queryKey: of.key }),
  })
  const idle = detail.job === null || detail.job.state === 'done'
  if (detail.state !== 'visible' || !idle) return null
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('undo.button')}
      </Button>
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t('undo.title')} size={520}>
        <Text size="sm">{words}</Text>
        {undoing.isError && <ErrorPanel error={undoing.error} />}
        <Group justify="flex-end" mt="md" gap={10}>
          <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
            {common('cancel')}
          </Button>
          <Button color="red.9" loading={undoing.isPending} onClick={() => undoing.mutate()}>
            {t('undo.yes')}
          </Button>
        </Group>
      </Dialog>
    </>
  )
}
