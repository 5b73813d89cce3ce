import { SubscriptionFileReading } from '../../../contract/subscription-imports'
import { contractRowReader, type ContractCsvRow } from '../../domain/subscription-csv/contract-row'
import { csvLine } from '../../platform/csv'
import { isCardNumber, redactCardNumbers } from '../../platform/redaction'
import type { RowReading } from '../csv-import/row-source'

const HIDDEN = '***'

/** How the rows of a file are read; what is kept of a broken one has neither token nor card number. */
export function contractReading(stored: string): RowReading<ContractCsvRow> {
  const { codePage, delimiter, meanings } = SubscriptionFileReading.parse(JSON.parse(stored))
  const token = meanings.indexOf('cardToken')
  return {
    codePage,
    delimiter,
    read: contractRowReader(meanings, isCardNumber),
    asks: () => false,
    raw(text, cells) {
      if (token === -1) return redactCardNumbers(text)
      // Where the cells of a row end is not known: the token may be anywhere in it.
      if (cells === null || cells.length !== meanings.length) return HIDDEN
      return redactCardNumbers(csvLine(cells.map((cell, at) => (at === token ? HIDDEN : cell))).trimEnd())
    },
  }
}
