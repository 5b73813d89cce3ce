import { open, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { newId } from './ids'
import { Refusal } from './refusal'

/** Asks the person for a file; null when they chose none. */
export type OpenFile = () => Promise<string | null>

export interface FileOnDisk {
  readonly path: string
  readonly name: string
  readonly size: number
  /** Whole ms of its last change. */
  readonly stamp: number
}

/** Files that a person chose in the PC's dialog. The page gets an id for each, never a path. */
export interface ChosenFiles {
  choose(): Promise<string | null>
  /** Refuses with FILE_GONE. */
  get(id: string): Promise<FileOnDisk>
  /** Up to so many bytes from the beginning of a file. */
  head(file: FileOnDisk, bytes: number): Promise<Buffer>
}

export function chosenFiles(ask: OpenFile): ChosenFiles {
  const paths = new Map<string, string>()
  return {
    async choose() {
      const path = await ask()
      if (path === null) return null
      const id = newId()
      paths.set(id, path)
      return id
    },
    async get(id) {
      const path = paths.get(id)
      if (path === undefined) throw new Refusal('FILE_GONE')
      const found = await stat(path).catch(() => null)
      if (!found?.isFile()) throw new Refusal('FILE_GONE')
      return { path, name: basename(path), size: found.size, stamp: Math.floor(found.mtimeMs) }
    },
    async head({ path }, bytes) {
      const file = await open(path).catch(() => {
        throw new Refusal('FILE_GONE')
      })
      try {
        const block = Buffer.alloc(bytes)
        const { bytesRead } = await file.read(block, 0, bytes, 0)
        return block.subarray(0, bytesRead)
      } finally {
        await file.close()
      }
    },
  }
}
