import { Checkbox, Radio, Stack, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { MatchKey, type ImportChoices } from '../../../../contract/customer-imports'
import styles from '../../ui/csv-import/csv-import.module.css'

interface ChoicesCardProps {
  readonly choices: ImportChoices
  readonly onChange: (choices: ImportChoices) => void
}

const DUPLICATES = ['skip', 'update', 'add'] as const

/** What is done with customers who are here already, and with rows that cannot be read. */
export function ChoicesCard({ choices, onChange }: ChoicesCardProps) {
  const { t } = useTranslation('customerImports')
  const set = (more: Partial<ImportChoices>) => onChange({ ...choices, ...more })
  return (
    <section className="card" aria-labelledby="import-choices">
      <Title order={2} id="import-choices">
        {t('choices.title')}
      </Title>
      <div className={styles.choices}>
        <Checkbox.Group
          label={t('choices.matchOn')}
          value={choices.matchOn}
          onChange={(keys) => set({ matchOn: MatchKey.options.filter((key) => keys.includes(key)) })}
        >
          <Stack gap={2} mt={4}>
            {MatchKey.options.map((key) => (
              <Checkbox key={key} value={key} label={t(`choices.${key}`)} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Radio.Group
          label={t('choices.duplicates')}
          value={choices.duplicates}
          onChange={(value) => set({ duplicates: DUPLICATES.find((one) => one === value) ?? 'skip' })}
        >
          <Stack gap={2} mt={4}>
            {DUPLICATES.map((one) => (
              <Radio key={one} value={one} label={t(`choices.${one}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <Stack gap={8}>
          <Radio.Group
            label={t('choices.broken')}
            value={choices.broken}
            onChange={(value) => set({ broken: value === 'skip' ? 'skip' : 'ask' })}
          >
            <Stack gap={2} mt={4}>
              <Radio value="ask" label={t('choices.brokenAsk')} />
              <Radio value="skip" label={t('choices.brokenSkip')} />
            </Stack>
          </Radio.Group>
          <Checkbox
            checked={choices.keepNumbers}
            onChange={({ currentTarget }) => set({ keepNumbers: currentTarget.checked })}
            label={t('choices.keepNumbers')}
          />
        </Stack>
      </div>
    </section>
  )
}
