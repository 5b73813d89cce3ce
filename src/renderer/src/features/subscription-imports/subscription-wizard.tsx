import { useTranslation } from 'react-i18next'
import { SubscriptionCsvField, type ChosenSubscriptionFile } from '../../../../contract/subscription-imports'
import { client } from '../../lib/client'
import { fieldGroups } from '../../ui/csv-import/field-groups'
import { ImportWizard } from '../../ui/csv-import/import-wizard'
import { CellHelp } from './cell-help'
import { GROUP_OF, subscriptionCsv } from './subscription-csv'

/** A chosen file of running 定期, until every row of it is looked at. */
export function SubscriptionWizard({ first }: { first: ChosenSubscriptionFile }) {
  const { t } = useTranslation('subscriptionImports')
  return (
    <ImportWizard
      of={subscriptionCsv}
      first={first}
      fields={fieldGroups(SubscriptionCsvField.options, GROUP_OF, {
        group: (group) => t(`group.${group}`),
        field: (field) => t(`field.${field}`),
      })}
      nameOf={(field) => t(`short.${field}`)}
      words={{ mapping: t('mapping.words'), preview: (rows) => t('preview.words', { rows }) }}
      help={<CellHelp />}
      begin={{
        words: t('check'),
        hint: t('checkWords'),
        run: (file) => client.subscriptionImports.check(file),
      }}
    />
  )
}
