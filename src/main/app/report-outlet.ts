import { app, BrowserWindow, clipboard, dialog } from 'electron'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Byte order mark and CRLF: every editor of a Windows PC then shows Japanese text in lines. */
const asTextFile = (text: string): string => `\uFEFF${text.replaceAll('\n', '\r\n')}`

/** Clipboard and files of this PC. The page itself may use neither. */
export const reportOutlet = {
  copy: async (text: string): Promise<void> => clipboard.writeText(text),
  async save(suggestedName: string, text: string): Promise<'saved' | 'cancelled' | 'refused'> {
    const parent = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
    const options = {
      defaultPath: join(app.getPath('documents'), suggestedName),
      filters: [{ name: 'Text', extensions: ['txt'] }],
    }
    const { canceled, filePath } = await (parent
      ? dialog.showSaveDialog(parent, options)
      : dialog.showSaveDialog(options))
    if (canceled || filePath === '') return 'cancelled'
    try {
      await writeFile(filePath, asTextFile(text))
      return 'saved'
    } catch {
      return 'refused'
    }
  },
}
