import { Alert, Button, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InspectionRow } from '../../../../contract/keypad-inspections'
import { StopReason } from '../../../../contract/keypad-monitor'
import { api, describeError } from '../../lib/client'
import { Dialog } from '../../ui/dialog'

interface FindingProps {
  readonly inspection: InspectionRow
  readonly mayStop: boolean
  readonly onClose: () => void
}

function Finding({ inspection, mayStop, onClose }: FindingProps) {
  const { t } = useTranslation('inspections')
  const { t: common } = useTranslation('common')
  const queries = useQueryClient()
  const [reason, setReason] = useState<StopReason>('tampered')
  const [note, setNote] = useState('')
  const stop = useMutation(
    api.keypadInspections.stop.mutationOptions({
      onSuccess: async () => {
        notifications.show({ message: t('finding.stopped') })
        onClose()
        await queries.invalidateQueries()
      },
    }),
  )
  return (
    <Stack gap="sm">
      <Alert color="red" py="xs" c="var(--mantine-color-text)">
        {t('finding.recorded')}
      </Alert>
      <Text size="sm">{t(mayStop ? 'finding.offer' : 'finding.askAdmin')}</Text>
      {mayStop && (
        <>
          <Select
            label={t('finding.reason')}
            data={StopReason.options.map((value) => ({ value, label: t(`keypad.reason.${value}`) }))}
            value={reason}
            onChange={(value) => {
              const parsed = StopReason.safeParse(value)
              if (parsed.success) setReason(parsed.data)
            }}
          />
          <TextInput
            label={t('finding.note')}
            maxLength={200}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        </>
      )}
      {stop.isError && (
        <Alert color="red" role="alert" c="var(--mantine-color-text)">
          {describeError(stop.error).message}
        </Alert>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {mayStop ? t('finding.later') : common('close')}
        </Button>
        {mayStop && (
          <Button
            color="red.9"
            data-autofocus
            loading={stop.isPending}
            onClick={() => stop.mutate({ inspectionId: inspection.id, reason, note })}
          >
            {t('finding.stop')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}

/** After an inspection with an いいえ: 使用停止 for those who may, else whom to ask. */
export function FindingDialog(
  props: Omit<FindingProps, 'inspection'> & { inspection: InspectionRow | null },
) {
  const { t } = useTranslation('inspections')
  const { inspection, onClose } = props
  return (
    <Dialog opened={inspection !== null} onClose={onClose} title={t('finding.title')} size={480}>
      {inspection && <Finding {...props} inspection={inspection} />}
    </Dialog>
  )
}
