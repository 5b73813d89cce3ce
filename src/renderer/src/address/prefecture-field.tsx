import { useTranslation } from 'react-i18next'
import { SearchBox } from '../checkout/parts/search-box'
import { isPrefecture, prefecturesFor } from './prefectures'

interface PrefectureFieldProps {
  readonly path: string
  readonly label: string
  readonly value: string
  readonly error: string | undefined
  readonly onType: (text: string) => void
  readonly onLeave: () => void
}

/** 都道府県 by typing the first letters of its name or reading. */
export function PrefectureField({ path, label, value, error, onType, onLeave }: PrefectureFieldProps) {
  const { t } = useTranslation('address')
  const items = prefecturesFor(value)
  return (
    <SearchBox
      label={label}
      value={value}
      onType={(text) => onType(text.slice(0, 10))}
      onBlur={onLeave}
      items={items}
      keyOf={(name) => name}
      render={(name) => name}
      onPick={onType}
      listLabel={label}
      settled
      open={value !== '' && !isPrefecture(value) && items.length > 0}
      enterTakes="first"
      status={t('found', { count: items.length })}
      error={error}
      path={path}
      required
    />
  )
}
