import { Text, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { isComposing } from '../../lib/keyboard'
import { Dialog } from '../../ui/dialog'
import styles from './palette.module.css'
import { useEntries, type PaletteEntry } from './use-entries'

interface EntriesProps {
  readonly entries: readonly PaletteEntry[]
  readonly chosen: PaletteEntry | undefined
  readonly onOpen: (entry: PaletteEntry) => void
}

function Entries({ entries, chosen, onOpen }: EntriesProps) {
  const { t } = useTranslation('common')
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  })
  return (
    <div id="palette-list" ref={list} role="listbox" aria-label={t('palette.title')} className={styles.list}>
      {entries.map((entry) => (
        // The keys of the options are those of the field above, which keeps the focus.
        <div
          key={entry.id}
          id={`palette-${entry.id}`}
          role="option"
          tabIndex={-1}
          aria-selected={entry === chosen}
          className={styles.option}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onOpen(entry)}
          onKeyDown={() => undefined}
        >
          <span className={styles.group}>{t(`palette.${entry.group}`)}</span>
          <span className={styles.label}>{entry.label}</span>
          <span className={styles.more}>{entry.more}</span>
        </div>
      ))}
    </div>
  )
}

function PaletteBody({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('common')
  const [, go] = useLocation()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const { entries, isSearching } = useEntries(text)
  const chosen = entries[Math.min(at, entries.length - 1)]
  const open = (entry: PaletteEntry) => {
    onClose()
    go(entry.to)
  }
  const onKey = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, entries.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
    else if (event.key !== 'Enter') return
    else if (chosen && !isSearching) open(chosen)
    event.preventDefault()
  }
  return (
    <>
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={chosen && `palette-${chosen.id}`}
        aria-label={t('palette.title')}
        placeholder={t('palette.placeholder')}
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        size="md"
        value={text}
        onKeyDown={onKey}
        onChange={(event) => {
          setText(event.currentTarget.value)
          setAt(0)
        }}
      />
      <Entries entries={entries} chosen={chosen} onOpen={open} />
      <Text size="sm" c="dimmed" role="status" mih={20}>
        {entries.length === 0 && !isSearching ? t('palette.none') : t('palette.hint')}
      </Text>
    </>
  )
}

/** Ctrl+K: customers, orders and pages by a fragment, chosen with the arrow keys. */
export function Palette({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('common')
  return (
    <Dialog opened={opened} onClose={onClose} title={t('palette.title')} size={720} isLight>
      <PaletteBody onClose={onClose} />
    </Dialog>
  )
}
