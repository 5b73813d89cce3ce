import { Radio, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CustomerFilter } from '../../../../contract/customers'
import { client } from '../../lib/client'
import { CsvExport } from '../../ui/csv-export'

interface ExportButtonProps {
  readonly filter: CustomerFilter
  readonly disabled: boolean
}

/** CSV出力 of what the list shows: as it stands there, or as the import reads it back. */
export function ExportButton({ filter, disabled }: ExportButtonProps) {
  const { t } = useTranslation('customers')
  const [columns, setColumns] = useState<'list' | 'ec-cube'>('list')
  return (
    <CsvExport
      words={t('export.words')}
      disabled={disabled}
      areCustomers
      run={(encoding, call) => client.customers.exportCsv({ filter, encoding, columns }, call)}
    >
      <Radio.Group
        label={t('export.columns')}
        value={columns}
        onChange={(value) => setColumns(value === 'ec-cube' ? 'ec-cube' : 'list')}
      >
        <Stack gap={6} mt={6}>
          <Radio value="list" label={t('export.asList')} />
          <Radio value="ec-cube" label={t('export.asEcCube')} />
        </Stack>
      </Radio.Group>
    </CsvExport>
  )
}
