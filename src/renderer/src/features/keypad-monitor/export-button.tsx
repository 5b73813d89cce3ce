import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { KeypadFilter } from '../../../../contract/keypad-monitor'
import { api, describeError } from '../../lib/client'
import { formatCount } from '../../lib/format'

interface ExportButtonProps {
  readonly filter: KeypadFilter
  readonly disabled: boolean
}

/** CSV出力: saves the filtered list where the person chooses, and says what came of it. */
export function ExportButton({ filter, disabled }: ExportButtonProps) {
  const { t } = useTranslation('keypadMonitor')
  const saving = useMutation(
    api.keypadMonitor.exportCsv.mutationOptions({
      onSuccess: ({ saved, rows }) =>
        notifications.show({
          message: saved ? t('export.saved', { shown: formatCount(rows) }) : t('export.dropped'),
        }),
      onError: (error) => {
        const { message, supportCode } = describeError(error)
        notifications.show({ message: [message, supportCode].filter(Boolean).join(' '), color: 'red' })
      },
    }),
  )
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden="true" />}
      loading={saving.isPending}
      disabled={disabled}
      onClick={() => saving.mutate({ filter })}
    >
      {t('export.button')}
    </Button>
  )
}
