import { Button, Group, SimpleGrid, Textarea, TextInput, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { isDefinedError } from '@orpc/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerDetail, CustomerFields } from '../../../../contract/customers'
import { api, describeError } from '../../lib/client'
import { useFieldFlow } from '../../lib/keyboard'

const ROWS: readonly (readonly (keyof CustomerFields)[])[] = [
  ['familyName', 'givenName'],
  ['familyKana', 'givenKana'],
  ['phone', 'email'],
  ['postalCode', 'prefecture'],
  ['city', 'address'],
]

/** The customer's contact data and note. A save over a stale version changes nothing and loads the new one. */
export function CustomerForm({ customer }: { customer: CustomerDetail }) {
  const { t } = useTranslation('customers')
  const queries = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const [fields, setFields] = useState(customer.fields)
  const [note, setNote] = useState(customer.note)
  const [faults, setFaults] = useState<ReadonlyMap<string, string>>(new Map())
  useFieldFlow(form)
  const save = useMutation(
    api.customers.save.mutationOptions({
      onSuccess: async (saved) => {
        queries.setQueryData(api.customers.get.queryKey({ input: { id: saved.id } }), saved)
        await queries.invalidateQueries({ queryKey: api.customers.search.key() })
        notifications.show({ message: t('detail.saved'), color: 'teal' })
      },
      onError: async (error) => {
        if (isDefinedError(error) && error.code === 'INVALID_FIELDS') {
          setFaults(new Map(error.data.fields.map((fault) => [fault.path, fault.message])))
          return
        }
        if (isDefinedError(error) && error.code === 'STALE') {
          notifications.show({ message: t('detail.stale'), color: 'yellow' })
          await queries.invalidateQueries({ queryKey: api.customers.get.key({ input: { id: customer.id } }) })
          return
        }
        notifications.show({ message: describeError(error).message, color: 'red' })
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setFaults(new Map())
    save.mutate({ id: customer.id, version: customer.version, fields, note })
  }
  const field = (name: keyof CustomerFields) => (
    <TextInput
      key={name}
      label={t(`detail.${name}`)}
      value={fields[name]}
      error={faults.get(name)}
      onChange={(event) => {
        const { value } = event.currentTarget
        setFields((typed) => ({ ...typed, [name]: value }))
      }}
    />
  )
  return (
    <form ref={form} className="card" onSubmit={submit}>
      <Title order={2} mb={6}>
        {t('detail.contact')}
      </Title>
      {ROWS.map((row) => (
        <SimpleGrid key={row.join()} cols={2} spacing="sm" mb={6}>
          {row.map(field)}
        </SimpleGrid>
      ))}
      {field('building')}
      <Textarea
        mt={6}
        label={t('detail.note')}
        rows={3}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group mt="sm" justify="end">
        <Button type="submit" loading={save.isPending}>
          {t('detail.save')}
        </Button>
      </Group>
    </form>
  )
}
