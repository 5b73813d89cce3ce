import type { ChosenFile, CustomerCsvField } from '../../../../contract/customer-imports'
import { api, client } from '../../lib/client'
import type { CsvImport } from '../../ui/csv-import/csv-import'

export const customerCsv: CsvImport<CustomerCsvField, ChosenFile> = {
  key: api.customerImports.key(),
  path: '/customers/import',
  procedures: client.customerImports,
}

/** Where a field stands among those to choose from. */
export const GROUP_OF = {
  number: 'person',
  familyName: 'person',
  givenName: 'person',
  fullName: 'person',
  familyKana: 'person',
  givenKana: 'person',
  fullKana: 'person',
  company: 'person',
  postalCode: 'place',
  prefectureCode: 'place',
  prefecture: 'place',
  city: 'place',
  address: 'place',
  building: 'place',
  fullAddress: 'place',
  email: 'contact',
  phone: 'contact',
  sexCode: 'more',
  sex: 'more',
  jobCode: 'more',
  birthday: 'more',
  note: 'more',
  statusCode: 'more',
  createdAt: 'more',
  updatedAt: 'more',
} as const satisfies Readonly<Record<CustomerCsvField, string>>
