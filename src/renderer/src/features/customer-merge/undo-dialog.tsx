import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, client } from '../../lib/client'
import { tellError } from '../../lib/tell-error'
import { Dialog } from '../../ui/dialog'
import { ErrorPanel } from '../../ui/states'
import { useCounted } from './counted'

interface UndoDialogProps {
  readonly mergeId: string
  readonly opened: boolean
  readonly onClose: () => void
}

/** Says what goes back and what stays before a merge is taken back. */
export function UndoDialog({ mergeId, opened, onClose }: UndoDialogProps) {
  const { t } = useTranslation('customerMerge')
  const { t: common } = useTranslation('common')
  const queries = useQueryClient()
  const counted = useCounted()
  const preview = useQuery(
    api.customerMerge.undoPreview.queryOptions({ input: { mergeId }, enabled: opened, gcTime: 0 }),
  )
  const undo = useMutation({
    mutationFn: () => client.customerMerge.undo({ mergeId }),
    onSuccess: async () => {
      onClose()
      notifications.show({ message: t('undo.done') })
      await queries.invalidateQueries()
    },
    onError: tellError,
  })
  const { data } = preview
  const part = (title: string, words: string) => (
    <div>
      <Title order={3} size="sm">
        {title}
      </Title>
      <Text size="sm">{words}</Text>
    </div>
  )
  return (
    <Dialog opened={opened} onClose={onClose} title={t('undo.title')} size={520}>
      <Stack gap="sm">
        {preview.isError && <ErrorPanel error={preview.error} onRetry={() => void preview.refetch()} />}
        {data && (
          <>
            {part(t('undo.back'), data.back.length === 0 ? t('undo.nothing') : counted(data.back))}
            <Text size="sm">{t('undo.always')}</Text>
            {data.stays.length > 0 && part(t('undo.stays'), counted(data.stays))}
            {data.changedSince.length > 0 &&
              part(t('undo.changed'), data.changedSince.map((field) => t(`fields.${field}`)).join('、'))}
          </>
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} data-autofocus>
            {common('cancel')}
          </Button>
          <Button disabled={!data} loading={undo.isPending} onClick={() => undo.mutate()}>
            {t('undo.yes')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
