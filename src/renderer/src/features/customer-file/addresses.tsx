import { Alert, Button, Group, Stack, Text, TextInput, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { AddressFields, CustomerAddress, CustomerFile } from '../../../../contract/customer-file'
import { formatPhone, formatPostalCode } from '../../../../contract/text'
import { api, client, refusalCode } from '../../lib/client'
import { tellError } from '../../lib/tell-error'
import { Dialog } from '../../ui/dialog'
import styles from './customer-file.module.css'

const LIMITS: Readonly<Record<keyof AddressFields, number>> = {
  label: 30,
  name: 80,
  phone: 30,
  postalCode: 12,
  prefecture: 10,
  city: 60,
  address: 100,
  building: 60,
}
const FIELDS = ['label', 'name', 'phone', 'postalCode', 'prefecture', 'city', 'address', 'building'] as const
const EMPTY: AddressFields = {
  label: '',
  name: '',
  phone: '',
  postalCode: '',
  prefecture: '',
  city: '',
  address: '',
  building: '',
}

const lineOf = (one: AddressFields): string =>
  `〒${formatPostalCode(one.postalCode)} ${one.prefecture}${one.city}${one.address}${one.building}`

/** お届け先 of a customer: add, correct, take away with a way back. */
export function Addresses({ file, writable }: { file: CustomerFile; writable: boolean }) {
  const { t } = useTranslation('customerFile')
  const queries = useQueryClient()
  const [edited, setEdited] = useState<CustomerAddress | 'new' | null>(null)
  const show = (latest: CustomerFile) =>
    void queries.setQueryData(api.customerFile.get.queryKey({ input: { customerId: file.id } }), latest)
  const remove = useMutation(
    api.customerFile.removeAddress.mutationOptions({
      onSuccess: (latest, { id, removed }) => {
        show(latest)
        if (!removed) return
        notifications.show({
          id: `address-${id}`,
          autoClose: 15_000,
          message: (
            <Group gap="sm">
              {t('address.removed')}
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => {
                  notifications.hide(`address-${id}`)
                  remove.mutate({ id, removed: false })
                }}
              >
                {t('undo')}
              </Button>
            </Group>
          ),
        })
      },
      onError: tellError,
    }),
  )
  const close = () => setEdited(null)
  return (
    <section className="card" aria-labelledby="addresses">
      <div className={styles.head}>
        <Title order={2} id="addresses">
          {t('address.title')}
        </Title>
        {writable && (
          <Button size="compact-sm" variant="default" onClick={() => setEdited('new')}>
            {t('address.add')}
          </Button>
        )}
      </div>
      {file.addresses.length === 0 && <Text size="sm">{t('address.none')}</Text>}
      {file.addresses.map((one) => (
        <div key={one.id} className={styles.address} data-testid="address">
          <div>
            <b>{[one.label, one.name].filter(Boolean).join(' / ')}</b>{' '}
            <span className={styles.quiet}>{formatPhone(one.phone)}</span>
            <div>{lineOf(one)}</div>
          </div>
          {writable && (
            <>
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('address.editOf', { name: one.name })}
                onClick={() => setEdited(one)}
              >
                {t('address.edit')}
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('address.removeOf', { name: one.name })}
                onClick={() => remove.mutate({ id: one.id, removed: true })}
              >
                {t('address.remove')}
              </Button>
            </>
          )}
        </div>
      ))}
      <Dialog
        opened={edited !== null}
        onClose={close}
        title={t(edited === 'new' ? 'address.add' : 'address.edit')}
        size={560}
      >
        {edited && (
          <AddressForm
            customerId={file.id}
            address={edited === 'new' ? null : edited}
            onSaved={(latest) => {
              show(latest)
              close()
            }}
            onCancel={close}
          />
        )}
      </Dialog>
    </section>
  )
}

const Faults = z.object({
  data: z.object({ fields: z.array(z.object({ path: z.string(), message: z.string() })) }),
})

/** What must be mended, field by field. */
function faultsIn(error: unknown): ReadonlyMap<string, string> {
  const parsed = Faults.safeParse(error)
  return new Map(parsed.data?.data.fields.map(({ path, message }) => [path, message]) ?? [])
}

interface AddressFormProps {
  readonly customerId: string
  readonly address: CustomerAddress | null
  readonly onSaved: (latest: CustomerFile) => void
  readonly onCancel: () => void
}

function AddressForm({ customerId, address, onSaved, onCancel }: AddressFormProps) {
  const { t } = useTranslation('customerFile')
  const { t: common } = useTranslation('common')
  const [draft, setDraft] = useState<AddressFields>(address ?? EMPTY)
  const [version, setVersion] = useState(address?.version ?? 1)
  const [theirs, setTheirs] = useState<AddressFields | null>(null)
  const [faults, setFaults] = useState<ReadonlyMap<string, string>>(new Map())
  const save = useMutation({
    mutationFn: () => {
      const fields: AddressFields = { ...EMPTY }
      for (const key of FIELDS) fields[key] = draft[key]
      return address
        ? client.customerFile.saveAddress({ id: address.id, version, fields })
        : client.customerFile.addAddress({ customerId, fields })
    },
    onSuccess: onSaved,
    onError: async (error) => {
      const code = refusalCode(error)
      if (code === 'INVALID_FIELDS') return setFaults(faultsIn(error))
      if (code !== 'STALE') return tellError(error)
      const latest = (await client.customerFile.get({ customerId })).addresses.find(
        ({ id }) => id === address?.id,
      )
      if (!latest) return tellError(error)
      setTheirs(latest)
      setVersion(latest.version)
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <Stack gap="sm">
        {theirs && (
          <Alert color="yellow" role="alert" title={t('stale')} c="var(--mantine-color-text)">
            <Text size="sm">{t('address.stale')}</Text>
            <Text size="sm" fw={600}>
              {theirs.name} {lineOf(theirs)}
            </Text>
            <Button mt={6} size="compact-sm" variant="default" onClick={() => setDraft(theirs)}>
              {t('address.takeTheirs')}
            </Button>
          </Alert>
        )}
        <div className={styles.fields}>
          {FIELDS.map((name, index) => (
            <TextInput
              key={name}
              label={t(`address.${name}`)}
              maxLength={LIMITS[name]}
              {...(index === 0 ? { 'data-autofocus': true } : {})}
              error={faults.get(name)}
              value={draft[name]}
              onChange={(event) => setDraft({ ...draft, [name]: event.currentTarget.value })}
            />
          ))}
        </div>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onCancel}>
            {common('cancel')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('address.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
