import { Button, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportDetail } from '../../../../contract/customer-imports'
import { client } from '../../lib/client'
import { Dialog } from '../../ui/dialog'
import { ErrorPanel } from '../../ui/states'

/** 取込を取り消す, after asking. */
export function UndoButton({ detail }: { detail: ImportDetail }) {
  const { t } = useTranslation('customerImports')
  const { t: common } = useTranslation('common')
  const [asking, setAsking] = useState(false)
  const undoing = useMutation({
    mutationFn: () => client.customerImports.undo({ id: detail.id }),
    onSuccess: () => setAsking(false),
  })
  const idle = detail.job === null || detail.job.state === 'done'
  if (detail.state !== 'visible' || !idle) return null
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('result.undo')}
      </Button>
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t('result.undoTitle')} size={520}>
        <Text size="sm">{t('result.undoWords')}</Text>
        {undoing.isError && <ErrorPanel error={undoing.error} />}
        <Group justify="flex-end" mt="md" gap={10}>
          <Button variant="default" data-autofocus onClick={() => setAsking(false)}>
            {common('cancel')}
          </Button>
          <Button color="red" loading={undoing.isPending} onClick={() => undoing.mutate()}>
            {t('result.undoYes')}
          </Button>
        </Group>
      </Dialog>
    </>
  )
}
