import { Button, Checkbox, Popover, Stack, Text } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './choice-filter.module.css'

interface ChoiceFilterProps<V extends string> {
  readonly label: string
  readonly width: number
  readonly choices: readonly { value: V; label: string }[]
  readonly chosen: readonly V[]
  readonly onChange: (chosen: V[]) => void
}

/** A filter of several ticks that stays one line high: says what is chosen, opens to change it. */
export function ChoiceFilter<V extends string>(props: ChoiceFilterProps<V>) {
  const { label, width, choices, chosen, onChange } = props
  const { t } = useTranslation('common')
  const id = useId()
  const first = choices.find(({ value }) => value === chosen[0])?.label ?? t('all')
  const summary = chosen.length > 1 ? t('andMore', { first, more: chosen.length - 1 }) : first
  const pick = (values: string[]) =>
    onChange(choices.filter(({ value }) => values.includes(value)).map(({ value }) => value))
  return (
    <div style={{ width }}>
      <Text size="sm" fw={600} id={`${id}-label`}>
        {label}
      </Text>
      <Popover position="bottom-start" shadow="md" trapFocus withinPortal={false}>
        <Popover.Target>
          <Button
            variant="default"
            fullWidth
            justify="space-between"
            className={styles.button ?? ''}
            aria-labelledby={`${id}-label ${id}-summary`}
            data-chosen={chosen.length > 0}
            rightSection={<IconChevronDown size={15} aria-hidden="true" />}
          >
            <span id={`${id}-summary`}>{summary}</span>
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-labelledby={`${id}-label`}>
          <Checkbox.Group value={[...chosen]} onChange={pick} aria-labelledby={`${id}-label`}>
            <Stack gap={8} className={styles.choices ?? ''}>
              {choices.map(({ value, label: word }) => (
                <Checkbox key={value} value={value} label={word} />
              ))}
            </Stack>
          </Checkbox.Group>
          <Button mt="sm" fullWidth variant="default" size="compact-sm" onClick={() => onChange([])}>
            {t('clearChoice')}
          </Button>
        </Popover.Dropdown>
      </Popover>
    </div>
  )
}
