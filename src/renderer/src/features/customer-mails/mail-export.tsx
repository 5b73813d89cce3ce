import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CustomerMailFilter } from '../../../../contract/customer-mails'
import { api, client } from '../../lib/client'
import { CsvExport, type CsvCall, type CsvEncoding } from '../../ui/csv-export'

interface ExportProps {
  readonly filter: CustomerMailFilter
  readonly disabled: boolean
}

/** CSV出力 of what the list shows. Only for who may take customers out. */
export function MailExport({ filter, disabled }: ExportProps) {
  const { t } = useTranslation('customerMails')
  const session = useQuery(api.auth.session.queryOptions())
  if (session.data?.permissions.includes('customer.export') !== true) return null
  const run = (encoding: CsvEncoding, call: CsvCall) =>
    client.customerMails.exportCsv({ filter, encoding }, call)
  return <CsvExport words={t('exportWords')} disabled={disabled} run={run} />
}
