import { Button, Group, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CheckoutForm } from '../../../contract/checkout'
import { formatPlainDate } from '../lib/format'
import { useDraft, useDraftState } from './draft/draft-context'
import { Dialog } from './parts/dialog'

const ROWS = ['customer', 'lines', 'delivery', 'payment', 'note'] as const

/** Another window has changed the draft: both contents side by side, and nothing is overwritten unasked. */
export function ConflictQuestion() {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const { conflict, form, view } = useDraftState()
  const describe = useDescription()
  if (!conflict) return null
  return (
    <Dialog opened onClose={() => undefined} title={t('conflict.title')} size={680}>
      <Text size="sm">{t('conflict.body')}</Text>
      <Table mt="sm" withTableBorder withColumnBorders>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('conflict.item')}</Table.Th>
            <Table.Th scope="col">{t('conflict.mine')}</Table.Th>
            <Table.Th scope="col">{t('conflict.theirs')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {ROWS.map((row) => (
            <Table.Tr key={row}>
              <Table.Th scope="row">{t(`conflict.${row}`)}</Table.Th>
              <Table.Td>{describe(form, row, view.customerName)}</Table.Td>
              <Table.Td>{describe(conflict.form, row, conflict.customerName)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {conflict.stage !== 'editing' && (
        <Text size="sm" mt="sm">
          {t('conflict.stage', { stage: t(`stage.${conflict.stage}`) })}
        </Text>
      )}
      <Group justify="flex-end" mt="md">
        {conflict.stage === 'editing' && (
          <Button variant="default" onClick={() => draft.settle('mine')}>
            {t('conflict.keepMine')}
          </Button>
        )}
        <Button data-autofocus onClick={() => draft.settle('theirs')}>
          {t('conflict.reload')}
        </Button>
      </Group>
    </Dialog>
  )
}

function useDescription() {
  const { t } = useTranslation('checkout')
  return (form: CheckoutForm, row: (typeof ROWS)[number], name: string | null): string => {
    switch (row) {
      case 'customer':
        if (form.customer.kind === 'none') return form.customer.phone || t('conflict.nothing')
        if (form.customer.kind === 'existing') return name ?? t('conflict.existingCustomer')
        return t('conflict.newCustomer', {
          name: `${form.customer.fields.familyName} ${form.customer.fields.givenName}`.trim(),
        })
      case 'lines':
        return t('conflict.lineCount', {
          count: form.lines.length,
          pieces: form.lines.reduce((sum, line) => sum + line.quantity, 0),
        })
      case 'delivery':
        return form.deliverOn === null ? t('delivery.earliest') : formatPlainDate(form.deliverOn)
      case 'payment':
        return form.payment.method === null
          ? t('conflict.nothing')
          : t(`readBack.methods.${form.payment.method}`)
      case 'note':
        return form.note || t('conflict.nothing')
    }
  }
}
