import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'

/** Writes text to where the person chooses; `saved` is false when they chose nowhere. */
export type SaveFile = (suggestedName: string, chunks: AsyncIterable<string>) => Promise<{ saved: boolean }>

async function write(path: string, chunks: AsyncIterable<string>): Promise<void> {
  const file = createWriteStream(path, { encoding: 'utf8' })
  const failed = once(file, 'error').then(([error]) => {
    throw error
  })
  const body = async () => {
    for await (const chunk of chunks) {
      if (!file.write(chunk)) await once(file, 'drain')
    }
    file.end()
    await once(file, 'finish')
  }
  failed.catch(() => undefined)
  await Promise.race([body(), failed])
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
