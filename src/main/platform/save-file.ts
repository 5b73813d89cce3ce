import { open, rename, rm } from 'node:fs/promises'

/** Writes text (as UTF-8) or bytes to where the person chooses; `saved` is false when they chose nowhere. */
export type SaveFile = (
  suggestedName: string,
  chunks: AsyncIterable<string | Uint8Array>,
) => Promise<{ saved: boolean }>

async function write(path: string, chunks: AsyncIterable<string | Uint8Array>): Promise<void> {
  const file = await open(path, 'w')
  try {
    for await (const chunk of chunks) await file.appendFile(chunk)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Saves where `choose` says. The file appears whole or not at all: one of the same name is replaced at the end. */
export function saveFileWith(choose: (suggestedName: string) => Promise<string | null>): SaveFile {
  return async (suggestedName, chunks) => {
    const path = await choose(suggestedName)
    if (path === null) return { saved: false }
    const half = `${path}.part`
    try {
      await write(half, chunks)
      await rename(half, path)
    } catch (error) {
      await rm(half, { force: true })
      throw error
    }
    return { saved: true }
  }
}
