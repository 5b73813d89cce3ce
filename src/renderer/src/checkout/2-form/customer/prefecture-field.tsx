import { useTranslation } from 'react-i18next'
import { useDraft, useFault } from '../../draft/draft-context'
import { SearchBox } from '../../parts/search-box'
import { isPrefecture, prefecturesFor } from './prefectures'

interface PrefectureFieldProps {
  readonly path: string
  readonly label: string
  readonly value: string
  readonly onType: (text: string) => void
}

/** 都道府県 by typing the first letters of its name or reading. */
export function PrefectureField({ path, label, value, onType }: PrefectureFieldProps) {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const fault = useFault(path)
  const items = prefecturesFor(value)
  return (
    <SearchBox
      label={label}
      value={value}
      onType={(text) => onType(text.slice(0, 10))}
      onBlur={() => void draft.flush()}
      items={items}
      keyOf={(name) => name}
      render={(name) => name}
      onPick={onType}
      listLabel={label}
      settled
      open={value !== '' && !isPrefecture(value) && items.length > 0}
      enterTakes="first"
      status={t('customer.found', { count: items.length })}
      error={fault}
      path={path}
      required
    />
  )
}
