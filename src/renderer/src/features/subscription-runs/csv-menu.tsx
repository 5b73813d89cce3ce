import { Button, Menu } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconChevronDown, IconDownload } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client'
import { formatCount } from '../../lib/format'
import { tellError } from '../../lib/tell-error'

export type Encoding = 'utf-8' | 'shift_jis'

interface CsvMenuProps {
  readonly disabled: boolean
  readonly save: (encoding: Encoding) => Promise<{ saved: boolean; rows: number; unwritable: string[] }>
}

/** CSV出力 in one of two encodings; names of customers are in it, so it is shown to those who may. */
export function CsvMenu({ disabled, save }: CsvMenuProps) {
  const { t } = useTranslation('subscriptionRuns')
  const session = useQuery(api.auth.session.queryOptions())
  const saving = useMutation({
    mutationFn: save,
    onSuccess: ({ saved, rows, unwritable }) => {
      notifications.show({
        message: saved ? t('csv.saved', { rows: formatCount(rows) }) : t('csv.dropped'),
        color: saved ? 'accent' : 'gray',
      })
      if (unwritable.length === 0) return
      notifications.show({
        message: t('csv.unwritable', { signs: unwritable.join(' ') }),
        color: 'yellow',
        autoClose: false,
      })
    },
    onError: tellError,
  })
  if (session.data?.permissions.includes('customer.export') !== true) return null
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden="true" />}
          rightSection={<IconChevronDown size={14} aria-hidden="true" />}
          disabled={disabled}
          loading={saving.isPending}
        >
          {t('csv.button')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => saving.mutate('utf-8')}>{t('csv.utf8')}</Menu.Item>
        <Menu.Item onClick={() => saving.mutate('shift_jis')}>{t('csv.shiftJis')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
