import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../../lib/format'
import { tellError } from '../../lib/tell-error'

interface CsvButtonProps {
  readonly disabled: boolean
  readonly save: () => Promise<{ readonly saved: boolean; readonly rows: number }>
}

/** CSV出力 of the figures on the page: asks for the place, and says what came of it. */
export function CsvButton({ disabled, save }: CsvButtonProps) {
  const { t } = useTranslation('subscriptionInsights')
  const saving = useMutation({
    mutationFn: save,
    onSuccess: ({ saved, rows }) =>
      notifications.show({
        message: saved ? t('csv.saved', { rows: formatCount(rows) }) : t('csv.dropped'),
        color: saved ? 'accent' : 'gray',
      }),
    onError: tellError,
  })
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} aria-hidden="true" />}
      disabled={disabled}
      loading={saving.isPending}
      onClick={() => saving.mutate()}
    >
      {t('csv.button')}
    </Button>
  )
}
