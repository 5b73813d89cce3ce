import { useTranslation } from 'react-i18next'
import type { ProductFilter } from '../../../../contract/products'
import { client } from '../../lib/client'
import { CsvExport } from '../../ui/csv-export'

interface ProductExportProps {
  readonly filter: ProductFilter
  readonly disabled: boolean
}

/** CSV出力 of what the list shows. */
export function ProductExport({ filter, disabled }: ProductExportProps) {
  const { t } = useTranslation('products')
  return (
    <CsvExport
      words={t('export.words')}
      disabled={disabled}
      run={(encoding, call) => client.products.exportCsv({ filter, encoding }, call)}
    />
  )
}
