import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../lib/format'
import { tellError } from '../lib/tell-error'
import { Dialog } from './dialog'

export type CsvEncoding = 'utf-8' | 'shift_jis'

interface CsvExportProps {
  /** What the file holds. */
  readonly words: string
  readonly disabled: boolean
  /** Writes the file where the person wants it. */
  readonly run: (encoding: CsvEncoding) => Promise<{
    readonly saved: boolean
    readonly rows: number
    /** Characters that the code page cannot hold. */
    readonly unwritable: readonly string[]
  }>
}

/** CSV出力 of what a list shows: asks for the code page, then for the place. */
export function CsvExport({ words, disabled, run }: CsvExportProps) {
  const { t } = useTranslation('products')
  const { t: common } = useTranslation('common')
  const [opened, setOpened] = useState(false)
  const [encoding, setEncoding] = useState<CsvEncoding>('utf-8')
  const saving = useMutation({
    mutationFn: () => run(encoding),
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
    onError: tellError,
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
      <Dialog opened={opened} onClose={() => setOpened(false)} title={t('export.button')} size={480}>
        <Stack gap="sm">
          <Text size="sm">{words}</Text>
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
          <Group justify="flex-end" gap="sm" mt="xs">
            <Button variant="default" onClick={() => setOpened(false)}>
              {common('cancel')}
            </Button>
            <Button loading={saving.isPending} onClick={() => saving.mutate()}>
              {t('export.save')}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    </>
  )
}
