import { Modal, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { formatPhone } from '../../../../contract/text'
import { api } from '../../lib/client'
import { useDebounced } from '../../ui/use-debounced'

interface Entry {
  readonly id: string
  readonly group: 'pages' | 'customers' | 'orders'
  readonly label: string
  readonly to: string
}

const PAGES = [
  ['home', '/'],
  ['checkout', '/checkout/new'],
  ['orders', '/orders'],
  ['customers', '/customers'],
  ['settings', '/settings'],
] as const

function useEntries(text: string): Entry[] {
  const { t } = useTranslation('common')
  const settled = useDebounced(text.trim(), 120).slice(0, 80)
  const enabled = settled !== ''
  const customers = useQuery(
    api.customers.search.queryOptions({ input: { text: settled, limit: 6 }, enabled }),
  )
  const orders = useQuery(
    api.orders.list.queryOptions({ input: { limit: 6, filter: { text: settled } }, enabled }),
  )
  const pages = PAGES.filter(([key]) => text === '' || t(`nav.${key}`).includes(text.trim()))
  return [
    ...pages.map(([key, to]) => ({ id: `page-${key}`, group: 'pages' as const, label: t(`nav.${key}`), to })),
    ...(enabled ? (customers.data?.items ?? []) : []).map((row) => ({
      id: row.id,
      group: 'customers' as const,
      label: `${row.name}(${row.kana}) ${formatPhone(row.phone)}`,
      to: `/customers/${row.id}`,
    })),
    ...(enabled ? (orders.data?.items ?? []) : []).map((row) => ({
      id: row.id,
      group: 'orders' as const,
      label: `${row.number} ${row.customerName} ${row.items}`,
      to: `/orders/${row.id}`,
    })),
  ]
}

/** Ctrl+K: pages, customers and orders by a fragment, chosen with the arrow keys. */
function PaletteBody({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('common')
  const [, go] = useLocation()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const entries = useEntries(text)
  const chosen = entries[Math.min(at, entries.length - 1)]
  const open = (entry: Entry | undefined) => {
    if (!entry) return
    onClose()
    go(entry.to)
  }
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, entries.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
    else if (event.key === 'Enter') open(chosen)
    else return
    event.preventDefault()
  }
  return (
    <>
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={chosen ? `palette-${chosen.id}` : undefined}
        aria-label={t('palette.title')}
        placeholder={t('palette.placeholder')}
        value={text}
        onKeyDown={onKey}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setAt(0)
        }}
      />
      <div
        id="palette-list"
        role="listbox"
        aria-label={t('palette.title')}
        style={{ height: 320, overflow: 'auto', marginTop: 8 }}
      >
        {entries.map((entry) => (
          <div
            key={entry.id}
            id={`palette-${entry.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={entry === chosen}
            onClick={() => open(entry)}
            onKeyDown={() => undefined}
            style={{
              display: 'flex',
              gap: 12,
              padding: '7px 10px',
              borderRadius: 4,
              cursor: 'pointer',
              background: entry === chosen ? 'var(--mantine-primary-color-light)' : undefined,
            }}
          >
            <Text size="sm" w={44} c="var(--mantine-color-dimmed)">
              {t(`palette.${entry.group}`)}
            </Text>
            <Text size="sm" truncate>
              {entry.label}
            </Text>
          </div>
        ))}
      </div>
      {entries.length === 0 && <Text size="sm">{t('palette.none')}</Text>}
      <Text size="xs" mt="xs" c="var(--mantine-color-dimmed)">
        {t('palette.hint')}
      </Text>
    </>
  )
}

export function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('common')
  return (
    <Modal opened={opened} onClose={onClose} title={t('palette.title')} size="lg" yOffset="10vh">
      <PaletteBody onClose={onClose} />
    </Modal>
  )
}
