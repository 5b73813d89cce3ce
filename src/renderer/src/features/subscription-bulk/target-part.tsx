import { Checkbox, Group, Radio, Stack, Text, TextInput, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { BulkFilter } from '../../../../contract/subscription-bulk'
import { ChoiceFilter } from '../../ui/choice-filter'
import { DateField } from '../../ui/date-field'
import { WholeField } from '../../ui/whole-field'
import { STATES } from './bulk-draft'
import styles from './subscription-bulk.module.css'
import type { BulkForm } from './use-bulk-form'

function Fault({ children }: { children: string | undefined }) {
  if (children === undefined) return null
  return (
    <Text size="xs" c="var(--bad)" role="alert">
      {children}
    </Text>
  )
}

/** 2. Which contracts. */
export function TargetPart({ form }: { form: BulkForm }) {
  const { t } = useTranslation('subscriptionBulk')
  const { t: desk } = useTranslation('subscriptionDesk')
  const { filter } = form.draft
  const set = (part: Partial<BulkFilter>) => form.change({ filter: { ...filter, ...part } })
  return (
    <section className="card" aria-labelledby="bulk-target">
      <Title order={2} id="bulk-target" mb="xs">
        {t('form.target')}
      </Title>
      <Stack gap={10}>
        <Text size="xs" c="dimmed">
          {t('form.targetWords')}
        </Text>
        <div className={styles.fields}>
          <ChoiceFilter
            label={t('form.states')}
            width={170}
            choices={STATES.map((value) => ({ value, label: desk(`status.${value}`) }))}
            chosen={filter.states}
            onChange={(states) => set({ states })}
          />
          <WholeField
            label={t('form.currentPrice')}
            width={120}
            unit={t('form.yen')}
            placeholder={t('form.any')}
            value={filter.currentPrice}
            error={form.faultOf('filter.currentPrice')}
            onChange={(currentPrice) => set({ currentPrice })}
          />
          <WholeField
            label={t('form.turnFrom')}
            width={104}
            placeholder={t('form.any')}
            value={filter.turnFrom}
            error={form.faultOf('filter.turnFrom')}
            onChange={(turnFrom) => set({ turnFrom })}
          />
          <WholeField
            label={t('form.turnTo')}
            width={104}
            placeholder={t('form.any')}
            value={filter.turnTo}
            error={form.faultOf('filter.turnTo')}
            onChange={(turnTo) => set({ turnTo })}
          />
        </div>
        <div className={styles.fields}>
          <DateField
            label={t('form.nextFrom')}
            width={150}
            placeholder={t('form.any')}
            value={filter.nextFrom}
            onChange={(nextFrom) => set({ nextFrom })}
          />
          <div>
            <DateField
              label={t('form.nextTo')}
              width={150}
              placeholder={t('form.any')}
              value={filter.nextTo}
              onChange={(nextTo) => set({ nextTo })}
            />
            <Fault>{form.faultOf('filter.nextTo')}</Fault>
          </div>
          <Text size="xs" c="dimmed" className={styles.beside}>
            {t('form.nextWords')}
          </Text>
        </div>
      </Stack>
    </section>
  )
}

/** 3. From when on, and why. */
export function StartPart({ form }: { form: BulkForm }) {
  const { t } = useTranslation('subscriptionBulk')
  const { draft, change, faultOf } = form
  return (
    <section className="card" aria-labelledby="bulk-start">
      <Title order={2} id="bulk-start" mb="xs">
        {t('form.start')}
      </Title>
      <Stack gap={10}>
        <Group align="end" gap={18}>
          <Radio.Group
            label={t('form.startLabel')}
            value={draft.start}
            onChange={(value) => change({ start: value === 'date' ? 'date' : 'next' })}
          >
            <Stack gap={4} mt={4}>
              <Radio value="next" label={t('form.startNext')} />
              <Radio value="date" label={t('form.startDate')} />
            </Stack>
          </Radio.Group>
          {draft.start === 'date' && (
            <div>
              <DateField
                label={t('form.fromDate')}
                width={160}
                value={draft.fromDate}
                onChange={(fromDate) => change({ fromDate })}
              />
              <Fault>{faultOf('fromDate')}</Fault>
            </div>
          )}
        </Group>
        <Text size="xs" c="dimmed">
          {t('form.startWords')}
        </Text>
        <Checkbox
          label={t('form.keepsMinimum')}
          description={t('form.keepsWords')}
          checked={draft.keepsMinimum}
          onChange={(event) => change({ keepsMinimum: event.currentTarget.checked })}
        />
        <TextInput
          label={t('form.reason')}
          placeholder={t('form.reasonHint')}
          description={t('form.reasonWords')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={100}
          value={draft.reason}
          onChange={(event) => change({ reason: event.currentTarget.value })}
        />
      </Stack>
    </section>
  )
}
