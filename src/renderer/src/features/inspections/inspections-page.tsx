import { SegmentedControl, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client'
import { BackLink } from '../../ui/back-link'
import pageHead from '../../ui/page-head.module.css'
import { ExportButton } from './export-dialog'
import { InspectionsCalendar } from './inspections-calendar'
import { InspectionsList } from './inspections-list'
import { IntervalButton } from './interval-dialog'
import { useInspectionView } from './use-inspection-filter'

/** テンキーの点検: what falls due, as a list or by month (PCI DSS 9.5.1). */
export function InspectionsPage() {
  const { t } = useTranslation('inspections')
  const state = useInspectionView()
  const session = useQuery(api.auth.session.queryOptions())
  const writable = session.data?.permissions.includes('keypad.manage') ?? false
  return (
    <div className="listPage">
      <div className={pageHead.head}>
        <BackLink list="/keypads">{t('toKeypads')}</BackLink>
        <Title order={1}>{t('title')}</Title>
        <SegmentedControl
          aria-label={t('views.label')}
          size="sm"
          transitionDuration={0}
          data={[
            { value: 'list', label: t('views.list') },
            { value: 'calendar', label: t('views.calendar') },
          ]}
          value={state.view}
          onChange={(view) => state.show({ view: view === 'calendar' ? 'calendar' : 'list' })}
        />
        <div className={pageHead.rest} />
        <IntervalButton writable={writable} />
        <ExportButton />
      </div>
      {state.view === 'list' ? <InspectionsList state={state} /> : <InspectionsCalendar state={state} />}
    </div>
  )
}
