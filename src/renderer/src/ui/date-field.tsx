import '@mantine/dates/styles.css'
import 'dayjs/locale/ja'
import { DateInput } from '@mantine/dates'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { parseDate } from './parse-date'

interface DateFieldProps {
  readonly label: string
  readonly width: number
  /** What an empty field means; the form of a date without. */
  readonly placeholder?: string
  /** Plain date `YYYY-MM-DD`. */
  readonly value: string | null
  readonly onChange: (value: string | null) => void
}

/** A date by keys or from a calendar. */
export function DateField({ label, width, placeholder, value, onChange }: DateFieldProps) {
  const { t, i18n } = useTranslation('common')
  return (
    <DateInput
      label={label}
      locale={i18n.language}
      firstDayOfWeek={0}
      w={width}
      maw="100%"
      value={value}
      onChange={onChange}
      dateParser={parseDate}
      valueFormat="YYYY/MM/DD"
      placeholder={placeholder ?? t('dateHint')}
      monthLabelFormat={t('calendar.monthLabel')}
      yearLabelFormat={t('calendar.yearLabel')}
      clearable
      clearButtonProps={{ 'aria-label': t('clearDate', { label }) }}
      ariaLabels={{
        nextMonth: t('calendar.nextMonth'),
        previousMonth: t('calendar.previousMonth'),
        nextYear: t('calendar.nextYear'),
        previousYear: t('calendar.previousYear'),
        nextDecade: t('calendar.nextDecade'),
        previousDecade: t('calendar.previousDecade'),
      }}
      getDayAriaLabel={(day) => dayjs(day).format(t('calendar.day'))}
      popoverProps={{ transitionProps: { duration: 0 }, withinPortal: false }}
    />
  )
}
