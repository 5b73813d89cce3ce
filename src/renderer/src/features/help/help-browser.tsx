import { SegmentedControl, Text, TextInput } from '@mantine/core'
import { IconMessageCircle, IconSearch } from '@tabler/icons-react'
import { useEffect, useId, useRef, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { HELP_KINDS, searchHelp, type HelpEntry } from '../../../../contract/help-texts'
import { isComposing } from '../../lib/keyboard'
import type { HelpView } from './help-address'
import styles from './help.module.css'

interface HelpBrowserProps {
  readonly view: HelpView
  readonly onChange: (view: HelpView) => void
}

const PAGE_ROWS = 8

/** Where a key of the search field leads among the entries; null when it is not for the list. */
function nextAt(key: string, at: number, last: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, last)
    case 'ArrowUp':
      return Math.max(at - 1, 0)
    case 'PageDown':
      return Math.min(at + PAGE_ROWS, last)
    case 'PageUp':
      return Math.max(at - PAGE_ROWS, 0)
    case 'Enter':
      return at
    default:
      return null
  }
}

/** Codes and messages by a code or words; the arrow keys choose while the field keeps the focus. */
export function HelpBrowser({ view, onChange }: HelpBrowserProps) {
  const { t } = useTranslation('help')
  const id = useId()
  const found = searchHelp(view.text, view.kind)
  const at = Math.max(
    0,
    found.findIndex((entry) => entry.id === view.chosen),
  )
  const chosen = found[at]
  const onKey = (event: KeyboardEvent) => {
    if (isComposing(event.nativeEvent)) return
    const next = nextAt(event.key, at, found.length - 1)
    if (next === null) return
    event.preventDefault()
    onChange({ ...view, chosen: found[next]?.id ?? null })
  }
  return (
    <div className={styles.browser}>
      <search className={styles.bar}>
        <TextInput
          data-autofocus
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={chosen && `${id}-${chosen.id}`}
          aria-label={t('search')}
          placeholder={t('hint')}
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          maxLength={60}
          value={view.text}
          onKeyDown={onKey}
          onChange={(event) => onChange({ ...view, text: event.currentTarget.value, chosen: null })}
        />
        <SegmentedControl
          aria-label={t('kind')}
          data={[
            { value: 'all', label: t('all') },
            ...HELP_KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) })),
          ]}
          value={view.kind ?? 'all'}
          onChange={(value) =>
            onChange({ ...view, kind: HELP_KINDS.find((kind) => kind === value) ?? null, chosen: null })
          }
        />
        <Text size="sm" role="status" className={styles.count ?? ''}>
          {t('count', { count: found.length })}
        </Text>
      </search>
      <div className={styles.panes}>
        <Found
          id={id}
          found={found}
          chosen={chosen}
          onChoose={(entry) => onChange({ ...view, chosen: entry })}
        />
        {chosen ? <Reading key={chosen.id} entry={chosen} /> : <div className={styles.reading} />}
      </div>
    </div>
  )
}

interface FoundProps {
  readonly id: string
  readonly found: readonly HelpEntry[]
  readonly chosen: HelpEntry | undefined
  readonly onChoose: (id: string) => void
}

function Found({ id, found, chosen, onChoose }: FoundProps) {
  const { t } = useTranslation('help')
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  })
  if (found.length === 0) {
    return (
      <div className={styles.none}>
        <Text fw={600}>{t('none')}</Text>
        <Text size="sm">{t('noneHint')}</Text>
      </div>
    )
  }
  return (
    <div id={`${id}-list`} ref={list} role="listbox" aria-label={t('list')} className={styles.list}>
      {found.map((entry) => (
        // The keys of the options are those of the field above, which keeps the focus.
        <div
          key={entry.id}
          id={`${id}-${entry.id}`}
          role="option"
          tabIndex={-1}
          aria-selected={entry === chosen}
          className={styles.option}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(entry.id)}
          onKeyDown={() => undefined}
        >
          <span className={styles.code}>{entry.code ?? '—'}</span>
          <span className={styles.words}>
            <span className={styles.kind}>{t(`kinds.${entry.kind}`)}</span>
            <span className={styles.title} title={entry.title}>
              {entry.title}
            </span>
          </span>
        </div>
      ))}
    </div>
  )
}

/** Meaning, what to do and the words to say of one entry. */
function Reading({ entry }: { entry: HelpEntry }) {
  const { t } = useTranslation('help')
  return (
    <article className={styles.reading} aria-label={t('reading')} tabIndex={0}>
      <p className={styles.over}>
        {t(`kinds.${entry.kind}`)}
        {entry.code !== null && <b>{entry.code}</b>}
      </p>
      <h2 className={styles.head}>{entry.title}</h2>
      <h3>{t('meaning')}</h3>
      <p>{entry.meaning}</p>
      <h3>{t('action')}</h3>
      <p className={styles.action}>{entry.action}</p>
      <h3 className={styles.sayHead}>
        <IconMessageCircle size={16} aria-hidden="true" />
        {t('say')}
      </h3>
      {entry.say === null ? (
        <p className={styles.unsaid}>{t('unsaid')}</p>
      ) : (
        <blockquote className={styles.say}>「{entry.say}」</blockquote>
      )}
    </article>
  )
}
