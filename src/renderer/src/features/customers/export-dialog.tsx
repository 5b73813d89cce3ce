import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerFilter } from '../../../../contract/customers'
import { client, describeError } from '../../lib/client'
import { formatCount } from '../../lib/format'
import { Dialog } from '../../ui/dialog'

interface ExportButtonProps {
  readonly filter: CustomerFilter
  readonly disabled: boolean
}

/** CSV出力 of what the list shows: asks for the code page, then for the place; a long one can be stopped. */
export function ExportButton({ filter, disabled }: ExportButtonProps) {
  const { t } = useTranslation('customers')
  const { t: common } = useTranslation('common')
  const [opened, setOpened] = useState(false)
  const [encoding, setEncoding] = useState<'utf-8' | 'shift_jis'>('utf-8')
  const [columns, setColumns] = useState<'list' | 'ec-cube'>('list')
  const stop = useRef<AbortController | null>(null)
  const saving = useMutation({
    mutationFn: () => {
      stop.current = new AbortController()
      return client.customers.exportCsv({ filter, encoding, columns }, { signal: stop.current.signal })
    },
    onSuccess: ({ saved, rows, unwritable }) => {
      setOpened(false)
      notifications.show({
        message: saved ? t('export.saved', { rows: formatCount(rows) }) : t('export.dropped'),
        color: saved ? 'accent' : 'gray',
      })
      if (unwritable.length === 0) return
      notifications.show({
        message: t('export.unwritable', { signs: unwritable.join(' ') }),
        color: 'yellow',
        autoClose: false,
      })
    },
    onError: (error) => {
      if (stop.current?.signal.aborted) {
        notifications.show({ message: t('export.dropped'), color: 'gray' })
        return
      }
      const { message, supportCode } = describeError(error)
      notifications.show({ message: [message, supportCode].filter(Boolean).join(' '), color: 'red' })
    },
  })
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden="true" />}
        disabled={disabled}
        onClick={() => setOpened(true)}
      >
        {t('export.button')}
      </Button>
      <Dialog
        opened={opened}
        onClose={() => (saving.isPending ? stop.current?.abort() : setOpened(false))}
        title={t('export.button')}
        size={480}
      >
        <Stack gap="sm">
          <Text size="sm">{t('export.words')}</Text>
          <Radio.Group
            label={t('export.columns')}
            value={columns}
            onChange={(value) => setColumns(value === 'ec-cube' ? 'ec-cube' : 'list')}
          >
            <Stack gap={6} mt={6}>
              <Radio value="list" label={t('export.asList')} />
              <Radio value="ec-cube" label={t('export.asEcCube')} />
            </Stack>
          </Radio.Group>
          <Radio.Group
            label={t('export.encoding')}
            value={encoding}
            onChange={(value) => setEncoding(value === 'shift_jis' ? 'shift_jis' : 'utf-8')}
          >
            <Stack gap={6} mt={6}>
              <Radio value="utf-8" label={t('export.utf8')} />
              <Radio value="shift_jis" label={t('export.shiftJis')} />
            </Stack>
          </Radio.Group>
          <Text size="sm" c="dimmed" mih={20} aria-live="polite">
            {saving.isPending ? t('export.working') : ''}
          </Text>
          <Group justify="flex-end" gap="sm">
            {saving.isPending ? (
              <Button variant="default" onClick={() => stop.current?.abort()}>
                {t('export.stop')}
              </Button>
            ) : (
              <Button variant="default" onClick={() => setOpened(false)}>
                {common('cancel')}
              </Button>
            )}
            <Button loading={saving.isPending} onClick={() => saving.mutate()}>
              {t('export.save')}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    </>
  )
}
