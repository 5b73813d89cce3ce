import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useRef, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../lib/format'
import { tellError } from '../lib/tell-error'
import { Dialog } from './dialog'

export type CsvEncoding = 'utf-8' | 'shift_jis'

export interface SavedCsv {
  readonly saved: boolean
  readonly rows: number
  /** Characters that the code page cannot hold. */
  readonly unwritable: readonly string[]
}

/** Given to each call: the person may stop a long one. */
export interface CsvCall {
  readonly signal: AbortSignal
}

interface CsvExportProps {
  /** What the file holds. */
  readonly words: string
  readonly disabled: boolean
  /** Writes the file where the person wants it; aborted, it leaves none. */
  readonly run: (encoding: CsvEncoding, call: CsvCall) => Promise<SavedCsv>
  /** Rows are people. */
  readonly areCustomers?: boolean
  /** What else is to be chosen. */
  readonly children?: ReactNode
}

/** Writes the file and tells of it. */
function useSaving({ run, areCustomers }: CsvExportProps, encoding: CsvEncoding, onEnd: () => void) {
  const { t } = useTranslation('common')
  const stop = useRef<AbortController | null>(null)
  const saving = useMutation({
    mutationFn: () => {
      stop.current = new AbortController()
      return run(encoding, { signal: stop.current.signal })
    },
    onSuccess: ({ saved, rows, unwritable }) => {
      onEnd()
      notifications.show({
        message: saved
          ? t(areCustomers === true ? 'csv.savedCustomers' : 'csv.saved', { rows: formatCount(rows) })
          : t('csv.dropped'),
        color: saved ? 'accent' : 'gray',
      })
      if (unwritable.length === 0) return
      notifications.show({
        message: t('csv.unwritable', { signs: unwritable.join(' ') }),
        color: 'yellow',
        autoClose: false,
      })
    },
    onError: (error) => {
      if (stop.current?.signal.aborted === true)
        notifications.show({ message: t('csv.dropped'), color: 'gray' })
      else tellError(error)
    },
  })
  return { saving, stop: () => stop.current?.abort() }
}

/** CSV出力 of what a list shows: asks for the code page, then for the place; a long one can be stopped. */
export function CsvExport(props: CsvExportProps) {
  const { words, disabled, children } = props
  const { t } = useTranslation('common')
  const [opened, setOpened] = useState(false)
  const [encoding, setEncoding] = useState<CsvEncoding>('utf-8')
  const close = () => setOpened(false)
  const { saving, stop } = useSaving(props, encoding, close)
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden="true" />}
        disabled={disabled}
        onClick={() => setOpened(true)}
      >
        {t('csv.button')}
      </Button>
      <Dialog
        opened={opened}
        onClose={() => (saving.isPending ? stop() : close())}
        title={t('csv.button')}
        size={480}
      >
        <Stack gap="sm">
          <Text size="sm">{words}</Text>
          {children}
          <Radio.Group
            label={t('csv.encoding')}
            value={encoding}
            onChange={(value) => setEncoding(value === 'shift_jis' ? 'shift_jis' : 'utf-8')}
          >
            <Stack gap={6} mt={6}>
              <Radio value="utf-8" label={t('csv.utf8')} />
              <Radio value="shift_jis" label={t('csv.shiftJis')} />
            </Stack>
          </Radio.Group>
          <Text size="sm" c="dimmed" mih={20} aria-live="polite">
            {saving.isPending ? t('csv.working') : ''}
          </Text>
          <Group justify="flex-end" gap="sm">
            {saving.isPending ? (
              <Button variant="default" onClick={stop}>
                {t('csv.stop')}
              </Button>
            ) : (
              <Button variant="default" onClick={close}>
                {t('cancel')}
              </Button>
            )}
            <Button loading={saving.isPending} onClick={() => saving.mutate()}>
              {t('csv.save')}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    </>
  )
}
