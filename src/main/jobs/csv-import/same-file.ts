import { stat } from 'node:fs/promises'

/** The file of an import is not what it was when the import began. */
class FileChanged extends Error {
  override name = 'FileChanged'
}

/** Throws when the file is gone or has been changed since the import began. */
export async function expectSameFile(row: {
  readonly id: string
  readonly file_path: string
  readonly file_size: number
  readonly file_stamp: number
}): Promise<void> {
  const file = await stat(row.file_path).catch(() => null)
  if (!file || file.size !== row.file_size || Math.floor(file.mtimeMs) !== row.file_stamp)
    throw new FileChanged(row.id)
}
