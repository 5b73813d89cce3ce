import { Button, Group, Skeleton, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { CallView } from '../../../../contract/calls'
import { formatPhone } from '../../../../contract/text'
import { api } from '../../lib/client'
import { Dialog } from '../../ui/dialog'
import { ErrorPanel } from '../../ui/states'
import styles from './calls.module.css'

/** Several customers have the caller's number: the operator asks the name and chooses. */
export function CandidatesDialog({ call, onClose }: { call: CallView | null; onClose: () => void }) {
  const { t } = useTranslation('calls')
  return (
    <Dialog opened={call !== null} onClose={onClose} title={t('choose.title')} size={620}>
      {call && <Candidates call={call} onClose={onClose} />}
    </Dialog>
  )
}

function Candidates({ call, onClose }: { call: CallView; onClose: () => void }) {
  const { t } = useTranslation('calls')
  const [, go] = useLocation()
  const found = useQuery(api.calls.candidates.queryOptions({ input: { id: call.id } }))
  const first = useRef<HTMLButtonElement>(null)
  const hasCome = found.data !== undefined
  useEffect(() => {
    if (hasCome) first.current?.focus()
  }, [hasCome])
  const leave = (to: string) => {
    onClose()
    go(to)
  }
  const count = found.data?.length ?? (call.match.kind === 'several' ? call.match.count : 0)
  return (
    <>
      <Text size="sm">{t('choose.lead', { phone: formatPhone(call.phone), count })}</Text>
      {found.isError && <ErrorPanel error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending && <Skeleton height={120} mt="sm" />}
      <ul className={styles.candidates}>
        {found.data?.map((customer, index) => (
          <li key={customer.id}>
            <button
              type="button"
              ref={index === 0 ? first : null}
              onClick={() => leave(`/customers/${customer.id}`)}
            >
              <b>{customer.name}</b>
              <span>{customer.kana}</span>
              <span className={styles.quiet}>{t('choose.number', { number: customer.number })}</span>
              <span className={styles.address}>{customer.address}</span>
            </button>
          </li>
        ))}
      </ul>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('choose.close')}
        </Button>
        <Button variant="default" onClick={() => leave(`/checkout/new?call=${call.id}`)}>
          {t('choose.other')}
        </Button>
      </Group>
    </>
  )
}
