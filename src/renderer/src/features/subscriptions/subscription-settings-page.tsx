import { Alert, Anchor, Button, SegmentedControl, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { SubscriptionSettings } from '../../../../contract/subscription-settings'
import { api } from '../../lib/client'
import { ClashNote } from '../../ui/clash-note'
import { ErrorPanel } from '../../ui/states'
import { WholeField } from '../../ui/whole-field'
import products from '../products/products.module.css'
import settings from '../settings/settings.module.css'
import { SettingsTabs } from '../settings/settings-tabs'
import { CustomerPart, RunPart, type PartProps } from './subscription-settings-parts'
import { useSettingsWords, useSubscriptionSettings, type SettingsDraft } from './use-subscription-settings'

const SIDES = ['earlier', 'later'] as const
const MISSING = ['last', 'pass-over'] as const

function DaysPart({ form, writable }: PartProps) {
  const { t } = useTranslation('subscriptions')
  const { values, faults, change } = form
  const days = (name: 'generateDaysBefore' | 'changeDaysBefore', note: string) => (
    <WholeField
      label={t(`settings.${name}`)}
      description={note}
      unit={t('settings.daysBefore')}
      unitWidth={48}
      width={120}
      readOnly={!writable}
      value={values[name]}
      error={faults.get(`settings.${name}`) ?? faults.get(name)}
      onChange={(value) => change({ [name]: value })}
    />
  )
  return (
    <section className="card" aria-labelledby="subscription-days">
      <Title order={2} id="subscription-days" mb="xs">
        {t('settings.days')}
      </Title>
      <div className={products.fields}>
        {days('generateDaysBefore', t('settings.generateNote'))}
        {days('changeDaysBefore', t('settings.changeNote'))}
      </div>
    </section>
  )
}

function CalendarPart({ form, writable }: PartProps) {
  const { t } = useTranslation('subscriptions')
  const { values, change } = form
  return (
    <section className="card" aria-labelledby="subscription-calendar">
      <Title order={2} id="subscription-calendar" mb="xs">
        {t('settings.shipping')}
      </Title>
      <div className={products.fields}>
        <div>
          <Text size="sm" fw={600} mb={4}>
            {t('settings.shipOnClosedDay')}
          </Text>
          <SegmentedControl
            aria-label={t('settings.shipOnClosedDay')}
            disabled={!writable}
            data={SIDES.map((value) => ({ value, label: t(`settings.closedDays.${value}`) }))}
            value={values.shipOnClosedDay}
            onChange={(value) => change({ shipOnClosedDay: value === 'later' ? 'later' : 'earlier' })}
          />
        </div>
        <div>
          <Text size="sm" fw={600} mb={4}>
            {t('settings.missingFifth')}
          </Text>
          <SegmentedControl
            aria-label={t('settings.missingFifth')}
            disabled={!writable}
            data={MISSING.map((value) => ({ value, label: t(`rule.missings.${value}`) }))}
            value={values.missingFifth}
            onChange={(value) => change({ missingFifth: value === 'pass-over' ? 'pass-over' : 'last' })}
          />
          <Text size="xs" c="dimmed" mt={4}>
            {t('settings.missingNote')}
          </Text>
        </div>
      </div>
    </section>
  )
}

interface FormProps {
  readonly stored: { readonly version: number; readonly settings: SubscriptionSettings }
  readonly writable: boolean
}

function Form({ stored, writable }: FormProps) {
  const { t } = useTranslation('subscriptions')
  const form = useSubscriptionSettings(stored)
  const { isChanged, isSaving, save, undo } = form
  const { labelOf, wordsOf } = useSettingsWords()
  return (
    <div>
      {!writable && (
        <Alert color="gray" role="note" mb={14} c="var(--mantine-color-text)">
          {t('settings.readOnly')}
        </Alert>
      )}
      {form.clashes !== null && (
        <ClashNote<SettingsDraft>
          clashes={form.clashes}
          values={form.values}
          kept={form.kept}
          labelOf={labelOf}
          wordsOf={wordsOf}
          onChoose={form.change}
        />
      )}
      <div className={products.columns}>
        <div className={products.column}>
          <DaysPart form={form} writable={writable} />
          <CalendarPart form={form} writable={writable} />
        </div>
        <div className={products.column}>
          <RunPart form={form} writable={writable} />
          <CustomerPart form={form} writable={writable} />
        </div>
      </div>
      <Text size="sm" mt={14}>
        {t('settings.effect')}{' '}
        <Anchor component={Link} href="/subscriptions/plan" size="sm" underline="always">
          {t('settings.openPlan')}
        </Anchor>
      </Text>
      {writable && (
        <div className={settings.save}>
          <Text size="sm" c="dimmed" role="status">
            {t(isChanged ? 'settings.changed' : 'settings.unchanged')}
          </Text>
          <Button variant="default" disabled={!isChanged} onClick={undo}>
            {t('settings.undo')}
          </Button>
          <Button disabled={!isChanged} loading={isSaving} onClick={save}>
            {t('settings.save')}
          </Button>
        </div>
      )}
    </div>
  )
}

/** 設定 > 定期 */
export function SubscriptionSettingsPage() {
  const { t } = useTranslation('subscriptions')
  const stored = useQuery(api.subscriptions.settings.queryOptions())
  const session = useQuery(api.auth.session.queryOptions())
  const writable = session.data?.permissions.includes('settings.write') ?? false
  return (
    <Stack className="pageBody" gap={14}>
      <Title order={1}>
        <span className={settings.crumb}>{t('settings.crumb')}</span>
        {t('settings.title')}
      </Title>
      <SettingsTabs />
      {stored.isError && <ErrorPanel error={stored.error} onRetry={() => void stored.refetch()} />}
      {stored.isPending && <Skeleton height={240} aria-hidden="true" />}
      {stored.data && <Form stored={stored.data} writable={writable} />}
    </Stack>
  )
}
