import { z } from 'zod'
import { FileReading, ImportChoices } from '../../../contract/customer-imports'

/** How an import reads its file and what it does with the rows: kept with the import, so that it can go on after a crash. */
export const ImportPlan = z.object({
  reading: FileReading,
  choices: ImportChoices,
  /** A person has said of broken rows up to this line: leave them out. */
  skipTo: z.int().default(0),
})
export type ImportPlan = z.infer<typeof ImportPlan>

export const readPlan = (text: string): ImportPlan => ImportPlan.parse(JSON.parse(text))
