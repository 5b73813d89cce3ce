import { stat } from 'node:fs/promises'
import { basename } from 'node:path'

export interface ChosenFile {
  readonly path: string
  /** Its name without folders, for people. */
  readonly name: string
  readonly sizeBytes: number
}

/** A file that the person chooses in the system's dialog; null when they choose none. The path stays in main. */
export type OpenFile = (filter: {
  readonly name: string
  readonly extensions: readonly string[]
}) => Promise<ChosenFile | null>

/** Opens what `choose` says. Throws when it is no file that can be read. */
export function openFileWith(choose: (filter: Parameters<OpenFile>[0]) => Promise<string | null>): OpenFile {
  return async (filter) => {
    const path = await choose(filter)
    if (path === null) return null
    const { size } = await stat(path)
    return { path, name: basename(path), sizeBytes: size }
  }
}
