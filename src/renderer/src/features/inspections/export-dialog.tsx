import { Button, Group, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, describeError } from '../../lib/client'
import { formatCount } from '../../lib/format'
import { DateField } from '../../ui/date-field'
import { Dialog } from '../../ui/dialog'

/** 監査用CSV: asks for a time, then for a place; of one keypad when it is given. */
export function ExportButton({ keypadId = null }: { keypadId?: string | null }) {
  const { t } = useTranslation('inspections')
  const { t: common } = useTranslation('common')
  const [opened, setOpened] = useState(false)
  const [from, setFrom] = useState<string | null>(null)
  const [to, setTo] = useState<string | null>(null)
  const save = useMutation(
    api.keypadInspections.exportCsv.mutationOptions({
      onSuccess: ({ saved, rows }) => {
        if (saved) setOpened(false)
        notifications.show({
          message: saved ? t('csv.saved', { rows: formatCount(rows) }) : t('csv.cancelled'),
          color: saved ? 'accent' : 'gray',
        })
      },
      onError: (error) => {
        const { message, supportCode } = describeError(error)
        notifications.show({ message: [message, supportCode].filter(Boolean).join(' '), color: 'red' })
      },
    }),
  )
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden="true" />}
        onClick={() => setOpened(true)}
      >
        {t('csv.button')}
      </Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={t('csv.title')} size={460}>
        <Stack gap="sm">
          <Text size="sm">{t('csv.words')}</Text>
          <Group gap="sm">
            <DateField label={t('csv.from')} width={170} value={from} onChange={setFrom} />
            <DateField label={t('csv.to')} width={170} value={to} onChange={setTo} />
          </Group>
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={() => setOpened(false)}>
              {common('cancel')}
            </Button>
            <Button loading={save.isPending} onClick={() => save.mutate({ from, to, keypadId })}>
              {t('csv.save')}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    </>
  )
}
