import { Alert, Button, Group, List, Stack, Text, TextInput, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconUserX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AnonymisePreview } from '../../../../contract/customer-anonymise'
import { api, client, describeError } from '../../lib/client'
import { Dialog } from '../../ui/dialog'
import { ErrorPanel } from '../../ui/states'
import { useCounted } from '../customer-merge/counted'

/** 顧客を削除する, for those who may. */
export function AnonymiseButton({ customerId }: { customerId: string }) {
  const { t } = useTranslation('customerAnonymise')
  const session = useQuery(api.auth.session.queryOptions())
  const [opened, setOpened] = useState(false)
  if (session.data?.permissions.includes('customer.anonymise') !== true) return null
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconUserX size={16} aria-hidden="true" />}
        onClick={() => setOpened(true)}
      >
        {t('button')}
      </Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={t('title')} size={560}>
        <Question customerId={customerId} onClose={() => setOpened(false)} />
      </Dialog>
    </>
  )
}

function Question({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const { t } = useTranslation('customerAnonymise')
  const { t: common } = useTranslation('common')
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const preview = useQuery(api.customerAnonymise.preview.queryOptions({ input: { customerId }, gcTime: 0 }))
  const { data } = preview
  const remove = useMutation({
    mutationFn: (version: number) => client.customerAnonymise.anonymise({ customerId, version, reason }),
    onSuccess: async () => {
      onClose()
      notifications.show({ message: t('done') })
      await queries.invalidateQueries()
    },
    onError: () => void preview.refetch(),
  })
  const isBlocked = data === undefined || data.blocks.length > 0
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (data && !isBlocked && reason.trim() !== '') remove.mutate(data.version)
      }}
    >
      <Stack gap="sm">
        <Text size="sm">{t('words')}</Text>
        {preview.isError && <ErrorPanel error={preview.error} onRetry={() => void preview.refetch()} />}
        {data && <WhatGoes preview={data} />}
        {remove.isError && (
          <Alert color="red" role="alert" c="var(--mantine-color-text)">
            {describeError(remove.error).message}
          </Alert>
        )}
        {data && !isBlocked && (
          <TextInput
            label={t('reason')}
            placeholder={t('reasonHint')}
            maxLength={200}
            required
            data-autofocus
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        )}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {common('cancel')}
          </Button>
          <Button
            type="submit"
            color="red.9"
            disabled={isBlocked || reason.trim() === ''}
            loading={remove.isPending}
          >
            {t('yes')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function WhatGoes({ preview }: { preview: AnonymisePreview }) {
  const { t } = useTranslation('customerAnonymise')
  const counted = useCounted()
  const { goes, calls, ordersKept, keptUntil, blocks, endsUndo } = preview
  return (
    <>
      {blocks.length > 0 && (
        <Alert color="red" role="alert" title={t('blocked')} c="var(--mantine-color-text)">
          <List size="sm">
            {blocks.map((block) => (
              <List.Item key={block}>{t(`blocks.${block}`)}</List.Item>
            ))}
          </List>
        </Alert>
      )}
      <div>
        <Title order={3} size="sm">
          {t('goes')}
        </Title>
        <Text size="sm">
          {[t('person'), counted(goes), calls > 0 ? t('calls', { count: calls }) : '']
            .filter(Boolean)
            .join('、')}
        </Text>
      </div>
      <div>
        <Title order={3} size="sm">
          {t('stays')}
        </Title>
        <Text size="sm">
          {keptUntil === null
            ? t('noOrders')
            : t('orders', { count: ordersKept, until: keptUntil.replaceAll('-', '/') })}
        </Text>
      </div>
      {endsUndo > 0 && (
        <Text size="sm" fw={600}>
          {t('endsUndo', { count: endsUndo })}
        </Text>
      )}
    </>
  )
}
