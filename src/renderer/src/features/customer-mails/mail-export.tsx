import { Button, Group, Radio, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDownload } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerMailFilter } from '../../../../contract/customer-mails'
import { api, client } from '../../lib/client'
import { formatCount } from '../../lib/format'
import { tellError } from '../../lib/tell-error'
import { Dialog } from '../../ui/dialog'

interface ExportProps {
  readonly filter: CustomerMailFilter
  readonly disabled: boolean
}

/** CSV出力 of what the list shows. Only for who may take customers out. */
export function MailExport({ filter, disabled }: ExportProps) {
  const { t } = useTranslation('products')
  const { t: own } = useTranslation('customerMails')
  const { t: common } = useTranslation('common')
  const session = useQuery(api.auth.session.queryOptions())
  const [opened, setOpened] = useState(false)
  const [encoding, setEncoding] = useState<'utf-8' | 'shift_jis'>('utf-8')
  const saving = useMutation({
    mutationFn: () => client.customerMails.exportCsv({ filter, encoding }),
    onSuccess: ({ saved, rows, unwritable }) => {
      setOpened(false)
      notifications.show({
        message: saved ? t('export.saved', { rows: formatCount(rows) }) : t('export.dropped'),
        color: saved ? 'accent' : 'gray',
      })
      if (unwritable.length === 0) return
      const message = t('export.unwritable', { signs: unwritable.join(' ') })
      notifications.show({ message, color: 'yellow', autoClose: false })
    },
    onError: tellError,
  })
  if (session.data?.permissions.includes('customer.export') !== true) return null
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
          <Text size="sm">{own('exportWords')}</Text>
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
