import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CustomerCsvField, type ChosenFile, type ImportChoices } from '../../../../contract/customer-imports'
import { client } from '../../lib/client'
import { fieldGroups } from '../../ui/csv-import/field-groups'
import { ImportWizard } from '../../ui/csv-import/import-wizard'
import { ChoicesCard } from './choices-card'
import { customerCsv, GROUP_OF } from './customer-csv'

const SAFE: ImportChoices = {
  matchOn: ['number', 'email', 'phone'],
  duplicates: 'skip',
  broken: 'ask',
  keepNumbers: true,
}

/** A chosen file of customers, and what is done with those who are here already. */
export function CustomerWizard({ first }: { first: ChosenFile }) {
  const { t } = useTranslation('customerImports')
  const [choices, setChoices] = useState(SAFE)
  const nameOf = (field: CustomerCsvField) => t(`field.${field}`)
  return (
    <ImportWizard
      of={customerCsv}
      first={first}
      fields={fieldGroups(CustomerCsvField.options, GROUP_OF, {
        group: (group) => t(`group.${group}`),
        field: nameOf,
      })}
      nameOf={nameOf}
      words={{
        file: ({ ecCube }) => t(ecCube ? 'file.ecCube' : 'file.mapped'),
        mapping: t('mapping.words'),
        preview: (rows) => t('preview.words', { rows }),
      }}
      knows={({ ecCube }) => ecCube}
      begin={{
        words: t('choices.start'),
        run: (file) => client.customerImports.start({ ...file, choices }),
      }}
    >
      <ChoicesCard choices={choices} onChange={setChoices} />
    </ImportWizard>
  )
}
