import { useQuery } from '@tanstack/react-query'
import { useState, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PostalTown } from '../../../contract/postal'
import { formatPostalCode } from '../../../contract/text'
import { SearchBox } from '../checkout/parts/search-box'
import { api } from '../lib/client'
import { isComposing } from '../lib/keyboard'
import { useDebounced } from '../ui/use-debounced'
import styles from './address.module.css'
import { townLine, type Address } from './address'
import type { PostalNote } from './use-postal'

interface PostalFieldProps {
  readonly value: Address
  readonly note: PostalNote | null
  readonly path: string
  readonly error: string | undefined
  readonly onType: (text: string) => void
  readonly onChoose: (town: PostalTown) => void
  readonly onTakeCode: (town: PostalTown) => void
  /** Enter on a code that has filled the address. */
  readonly onDone: () => void
  readonly onLeave: () => void
}

/** Codes of the address while the field for the code is empty. */
function useCandidates({ prefecture, city, address, postalCode }: Address, focused: boolean) {
  const asked = useDebounced(`${prefecture}\n${city}\n${address}`)
  const [wantedPrefecture = '', wantedCity = '', wantedAddress = ''] = asked.split('\n')
  const query = useQuery({
    ...api.postal.candidates.queryOptions({
      input: { prefecture: wantedPrefecture, city: wantedCity, address: wantedAddress },
    }),
    enabled: focused && postalCode === '' && wantedCity !== '',
  })
  return focused && postalCode === '' && wantedCity !== '' ? (query.data ?? []) : []
}

/** 郵便番号: fills the address; several towns are chosen below it with ↑↓ and Enter. */
export function PostalField(props: PostalFieldProps): ReactNode {
  const { t } = useTranslation('address')
  const { value, note } = props
  const [focused, setFocused] = useState(false)
  const candidates = useCandidates(value, focused)
  const chooses = note?.kind === 'choose'
  const items = chooses ? note.towns : candidates
  const onKey = (event: KeyboardEvent) => {
    const goes = event.key === 'Enter' && !event.shiftKey && !isComposing(event.nativeEvent)
    if (!goes || note?.kind !== 'filled') return
    event.preventDefault()
    event.stopPropagation()
    props.onDone()
  }
  return (
    <div
      className={styles.postal}
      onKeyDownCapture={onKey}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      <SearchBox
        label={t('postalCode')}
        value={value.postalCode}
        onType={(text) => props.onType(text.slice(0, 12))}
        onBlur={props.onLeave}
        items={items}
        keyOf={(town) => `${town.code}${townLine(town)}`}
        render={(town) => (chooses ? townLine(town) : `〒${formatPostalCode(town.code)} ${townLine(town)}`)}
        onPick={(town) => (chooses ? props.onChoose(town) : props.onTakeCode(town))}
        listLabel={t(chooses ? 'choices' : 'candidates')}
        settled
        open={focused && items.length > 0}
        enterTakes={chooses ? 'first' : 'only'}
        status={t(chooses ? 'chooseStatus' : 'candidateStatus', { count: items.length })}
        error={props.error}
        path={props.path}
        required
      />
    </div>
  )
}
