import type { CodePage, Delimiter } from '../../../contract/csv-imports'
import type {
  ChosenSubscriptionFile,
  SubscriptionFileReading,
  SubscriptionPreviewRow,
} from '../../../contract/subscription-imports'
import { contractRowReader, type ContractCsvRow } from '../../domain/subscription-csv/contract-row'
import { guessContractColumns } from '../../domain/subscription-csv/fields'
import { priceStepWords } from '../../domain/subscription-csv/price-steps'
import { giftWords, METHOD_WORDS, MODE_WORDS } from '../../domain/subscription-csv/words'
import { ruleWords } from '../../domain/subscriptions/words'
import type { ChosenFiles } from '../../platform/chosen-files'
import { isCardNumber } from '../../platform/redaction'
import { chosenWith, previewWith } from '../csv-imports/csv-imports.service'

/** A chosen file; what is given is taken as it is. */
export const readHead = (
  files: ChosenFiles,
  fileId: string,
  given: { codePage: CodePage; delimiter: Delimiter } | null,
): Promise<ChosenSubscriptionFile> => chosenWith(files, fileId, given, guessContractColumns)

/** Goods by their codes: A101×2、A102, with an arrow between sets. */
function itemWords({ items }: ContractCsvRow): string {
  const sets = [...new Set(items.map(({ set }) => set))]
  const words = (set: number) =>
    items
      .filter((item) => item.set === set)
      .map(({ code, quantity, price }) => {
        const goods = quantity === 1 ? code : `${code}×${quantity}`
        return price === null ? goods : `${goods}(${price.toLocaleString('ja-JP')}円)`
      })
  return sets.map((set) => words(set).join('、')).join(' → ')
}

function pauseWords({ pause }: ContractCsvRow): string {
  if (pause === null) return ''
  const [from, until] = [pause.from, pause.until].map((date) => date?.replaceAll('-', '/') ?? '')
  return from === '' && until === '' ? '停止中' : `停止 ${from}〜${until}`
}

/** A row as it is read, field by field, for people; never the token. */
function shown(row: ContractCsvRow): SubscriptionPreviewRow['fields'] {
  const { shipTo } = row
  const address = shipTo
    ? `${shipTo.name} ${shipTo.prefecture}${shipTo.city}${shipTo.address}${shipTo.building}`.trim()
    : ''
  return [
    { field: 'externalNumber', value: row.externalNumber ?? '' },
    { field: 'customerNumber', value: row.customerNumber === null ? '' : String(row.customerNumber) },
    { field: 'phone', value: row.phone },
    { field: 'email', value: row.email },
    { field: 'items', value: itemWords(row) },
    { field: 'itemMode', value: row.itemMode === 'fixed' ? '' : MODE_WORDS[row.itemMode] },
    { field: 'priceSteps', value: priceStepWords(row.priceSteps) },
    { field: 'rule', value: ruleWords(row.rule) },
    { field: 'nextDeliverOn', value: row.nextDeliverOn?.replaceAll('-', '/') ?? '' },
    { field: 'turnsDone', value: String(row.turnsDone) },
    { field: 'lastTurn', value: row.lastTurn === null ? '' : String(row.lastTurn) },
    { field: 'state', value: pauseWords(row) },
    { field: 'paymentMethod', value: METHOD_WORDS[row.method] },
    { field: 'slot', value: row.slot },
    { field: 'shipFullAddress', value: address },
    { field: 'noshiTitle', value: giftWords(row.gift) },
    { field: 'note', value: row.note },
  ]
}

/** The first rows of a file as they are read. */
export const previewRows = (
  files: ChosenFiles,
  fileId: string,
  reading: SubscriptionFileReading,
): Promise<SubscriptionPreviewRow[]> =>
  previewWith(files, { fileId, reading }, { read: contractRowReader(reading.meanings, isCardNumber), shown })
