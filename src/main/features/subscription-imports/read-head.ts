import type {
  ChosenSubscriptionFile,
  SubscriptionFileReading,
  SubscriptionPreviewRow,
} from '../../../contract/subscription-imports'
import { contractRowReader, type ContractCsvRow } from '../../domain/subscription-csv/contract-row'
import { guessContractColumns } from '../../domain/subscription-csv/fields'
import { ruleWords } from '../../domain/subscriptions/words'
import type { ChosenFiles } from '../../platform/chosen-files'
import type { CodePage } from '../../platform/code-page'
import { firstRows, headOf } from '../../platform/file-head'
import { isCardNumber } from '../../platform/redaction'

const PREVIEW_ROWS = 20

/** The head line of a chosen file, and how the file is best read; what is given is taken as it is. */
export async function readHead(
  files: ChosenFiles,
  fileId: string,
  given: { codePage: CodePage; delimiter: ',' | '\t' } | null,
): Promise<ChosenSubscriptionFile> {
  const { codePage, delimiter, head, ...file } = await headOf(files, fileId, given)
  return {
    fileId,
    ...file,
    head,
    reading: { codePage, delimiter, meanings: guessContractColumns(head) },
  }
}

/** A row as it is read, field by field, for people; never the token. */
function shown(row: ContractCsvRow): SubscriptionPreviewRow['fields'] {
  const { shipTo } = row
  const address = shipTo
    ? `${shipTo.name} ${shipTo.prefecture}${shipTo.city}${shipTo.address}${shipTo.building}`.trim()
    : ''
  const items = row.items.map(({ code, quantity }) => (quantity === 1 ? code : `${code}×${quantity}`))
  return [
    { field: 'externalNumber', value: row.externalNumber ?? '' },
    { field: 'customerNumber', value: row.customerNumber === null ? '' : String(row.customerNumber) },
    { field: 'phone', value: row.phone },
    { field: 'email', value: row.email },
    { field: 'items', value: items.join('、') },
    { field: 'rule', value: ruleWords(row.rule) },
    { field: 'nextDeliverOn', value: row.nextDeliverOn.replaceAll('-', '/') },
    { field: 'turnsDone', value: String(row.turnsDone) },
    { field: 'slot', value: row.slot },
    { field: 'shipFullAddress', value: address },
  ]
}

/** The first rows of a file as they are read. */
export async function previewRows(
  files: ChosenFiles,
  fileId: string,
  reading: SubscriptionFileReading,
): Promise<SubscriptionPreviewRow[]> {
  const { codePage, delimiter, meanings } = reading
  const read = contractRowReader(meanings, isCardNumber)
  const rows = await firstRows(files, fileId, { codePage, delimiter, limit: PREVIEW_ROWS })
  return rows.map(({ line, cells }) => {
    if (!cells) return { line, fields: [], reasons: ['引用符(")の位置が正しくありません。'] }
    const outcome = read(cells)
    return outcome.ok
      ? { line, fields: shown(outcome.row), reasons: [] }
      : { line, fields: [], reasons: [...outcome.reasons] }
  })
}
