import { z } from 'zod'
import type { Access } from './permissions'
import { procedure } from './procedure'
import { Id, text } from './values'

/** What every import of a CSV file has in common; a feature brings the fields that a column may mean, and who may. */

export const CodePage = z.enum(['utf-8', 'cp932'])
export type CodePage = z.infer<typeof CodePage>

export const Delimiter = z.enum([',', '\t'])
export type Delimiter = z.infer<typeof Delimiter>

/** Names of the fields that a column may mean. */
type FieldNames<Field extends string> = z.ZodType<Field, Field>

/** How a file is to be read; `meanings`: of each column by its position, null: not taken. */
export const fileReading = <Field extends string>(field: FieldNames<Field>) =>
  z.object({
    codePage: CodePage,
    delimiter: Delimiter,
    meanings: z.array(field.nullable()).min(1).max(200),
  })

export const chosenFile = <Field extends string>(field: FieldNames<Field>) =>
  z.object({
    /** Stands for the file until the desk is closed; the page never sees a path. */
    fileId: Id,
    name: z.string(),
    size: z.int(),
    reading: fileReading(field),
    head: z.array(z.string()),
  })

export const previewRow = <Field extends string>(field: FieldNames<Field>) =>
  z.object({
    line: z.int(),
    /** As it is read, field by field; empty for a row that cannot be taken. */
    fields: z.array(z.object({ field, value: z.string() })),
    /** Why it cannot be taken; empty when it can. */
    reasons: z.array(z.string()),
  })

/** Columns of a shop's own files, kept by name. */
export const savedMapping = <Field extends string>(field: FieldNames<Field>) =>
  z.object({
    name: z.string(),
    columns: z.array(z.object({ header: z.string(), meaning: field.nullable() })),
  })

/** A row of the file that is not taken, as it stands there. */
export const ImportFault = z.object({ line: z.int(), reason: z.string(), raw: z.string() })
export type ImportFault = z.infer<typeof ImportFault>

export const fileErrors = {
  FILE_GONE: {
    message:
      '選んだファイルを読み取れません。ファイルが移動・変更されていないか確認し、もう一度選んでください。',
  },
  FILE_UNREADABLE: {
    message:
      'このファイルは読み取れません。UTF-8またはShift_JISのCSV(またはタブ区切り)で保存し直してください。',
  },
} as const

export const stateErrors = {
  NOT_NOW: { message: 'この取込は、いまその操作ができない状態です。画面の最新の状態を確認してください。' },
} as const

const one = z.object({ id: Id })
const named = z.object({ name: text(40).min(1) })

/** The steps of an import but for its beginning: that is the feature's own. `chosen`: `chosenFile`, or more than it. */
export const importProcedures = <Field extends string, Chosen>(
  access: Access,
  of: { readonly field: FieldNames<Field>; readonly chosen: z.ZodType<Chosen, Chosen> },
) => ({
  /** Asks for a file in the PC's own dialog; null when none was chosen. */
  choose: procedure(access).output(of.chosen.nullable()).errors(fileErrors),
  /** Reads the head line anew, for another code page or delimiter. */
  reread: procedure(access)
    .input(z.object({ fileId: Id, codePage: CodePage, delimiter: Delimiter }))
    .output(of.chosen)
    .errors(fileErrors),
  /** The first rows as they are read. */
  preview: procedure(access)
    .input(z.object({ fileId: Id, reading: fileReading(of.field) }))
    .output(z.array(previewRow(of.field)))
    .errors(fileErrors),
  /** Gives up an import that is not visible yet; what was written is taken out. */
  cancel: procedure(access).input(one).output(z.null()).errors(stateErrors),
  /** Goes on with an import whose work has failed. */
  resume: procedure(access).input(one).output(z.null()).errors(stateErrors),
  /** Takes a visible import out again; what has been touched since stays. */
  undo: procedure(access).input(one).output(z.null()).errors(stateErrors),
  /** All rows that are not taken, with the reason, saved as CSV where the person chooses. */
  saveReport: procedure(access)
    .input(one)
    .output(z.object({ saved: z.boolean(), rows: z.int() })),
  mappings: procedure(access).output(z.array(savedMapping(of.field))),
  saveMapping: procedure(access)
    .input(
      named.extend({
        columns: z
          .array(z.object({ header: text(200), meaning: of.field.nullable() }))
          .min(1)
          .max(200),
      }),
    )
    .output(z.null()),
  removeMapping: procedure(access).input(named).output(z.null()),
})
