import type { z } from 'zod'
import { ContractCsvRow } from '../../domain/subscription-csv/contract-row'
import { Id } from '../../../contract/values'

/** A row that waits to become a contract. Never with a token: its card stands as the id on the customer's file. */
export const StagedRow = ContractCsvRow.omit({ cardToken: true }).extend({ cardId: Id.nullable() })
export type StagedRow = z.infer<typeof StagedRow>

export const stagedOf = (text: string): StagedRow => StagedRow.parse(JSON.parse(text))
