import { Button } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { LineFault } from '../../../contract/postal'
import { api } from '../lib/client'
import { useDebounced } from '../ui/use-debounced'
import styles from './address.module.css'
import { townLine, type Address } from './address'
import type { usePostal } from './use-postal'

interface AddressNotesProps {
  readonly value: Address
  readonly name: string
  readonly postal: ReturnType<typeof usePostal>
  readonly onChange: (patch: Partial<Address>) => void
  readonly readOnly: boolean
}

function PostalNoteLine({ postal }: Pick<AddressNotesProps, 'postal'>) {
  const { t } = useTranslation('address')
  const { note } = postal
  switch (note?.kind) {
    case undefined:
      return null
    case 'unknown':
    case 'failed':
      return <p className={styles.note}>{t(note.kind)}</p>
    case 'choose':
      return <p className={styles.note}>{t('choose', { count: note.towns.length })}</p>
    case 'filled':
      return (
        <p className={styles.note}>
          {t('filled', { town: townLine(note.town) })}
          <Button variant="subtle" size="compact-xs" onClick={() => postal.undo(note.undo)}>
            {t('undo')}
          </Button>
        </p>
      )
    case 'ask':
      return (
        <p className={styles.note} data-tone="wait">
          {t('ask', { town: townLine(note.town) })}
          <Button variant="default" size="compact-xs" onClick={() => postal.replace(note.town)}>
            {t('replace')}
          </Button>
          <Button variant="subtle" size="compact-xs" onClick={postal.dismiss}>
            {t('keep')}
          </Button>
        </p>
      )
  }
}

function FaultLine({ fault }: { fault: LineFault }) {
  const { t } = useTranslation('address')
  const words = { field: t(fault.field), limit: fault.limit, over: fault.over }
  return (
    <p className={styles.note} data-tone="wait">
      <span>{t('tooLong', words)}</span>
      <span className={styles.printed}>
        {fault.printed}
        <mark>{fault.cutOff}</mark>
      </span>
    </p>
  )
}

/** What there is to say of an address: what the code has filled in, and what the carrier's label would cut off. */
export function AddressNotes({ value, name, postal, onChange, readOnly }: AddressNotesProps) {
  const { t } = useTranslation('address')
  const { prefecture, city, address, building } = value
  const typed = useDebounced(JSON.stringify([prefecture, city, address, building, name]), 120)
  const asked = typed === JSON.stringify([prefecture, city, address, building, name])
  const check = useQuery({
    ...api.postal.checkLines.queryOptions({
      input: { prefecture: prefecture.slice(0, 10), city, address, building, name: name.slice(0, 81) },
    }),
    placeholderData: keepPreviousData,
    enabled: asked && !readOnly,
  })
  const faults = readOnly ? [] : (check.data?.faults ?? [])
  const suggestion = check.data?.suggestion ?? null
  return (
    <div className={styles.notes} role="status">
      {!readOnly && <PostalNoteLine postal={postal} />}
      {faults.map((fault) => (
        <FaultLine key={fault.field} fault={fault} />
      ))}
      {faults.length > 0 && suggestion && (
        <p className={styles.note}>
          {t('suggest', suggestion)}
          <Button variant="default" size="compact-xs" onClick={() => onChange(suggestion)}>
            {t('move')}
          </Button>
        </p>
      )}
    </div>
  )
}
