import { join, resolve } from 'node:path'
import { expect } from '@playwright/test'
import type { DeskUnderTest } from './desk'
import { axeFaults, layoutFaults, resize, settled } from './screen-faults'

const SHOTS = resolve(import.meta.dirname, '../../out/screens')
const SIZES = [
  [1366, 768],
  [1920, 1080],
] as const

/** What the walks through an import of a file share: the PC's dialogs, the counts, and pictures without faults. */
export const importDesk = (desk: () => DeskUnderTest, shots: string) => ({
  /** The PC's own dialogs answer with these places. */
  answerDialogs: (open: string, save: string) =>
    desk().app.evaluate(
      ({ dialog }, places) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [places.open] })
        dialog.showSaveDialog = async () => ({ canceled: false, filePath: places.save })
      },
      { open, save },
    ),
  countOf: (key: string) => desk().page.getByTestId(`count-${key}`).locator('dd'),
  /** The screen as it is, at both sizes, with a picture of each. */
  async faultless(name: string): Promise<void> {
    const { page } = desk()
    for (const [width, height] of SIZES) {
      await resize(desk(), width, height)
      await settled(page)
      expect(await layoutFaults(page)).toEqual([])
      await page.screenshot({ path: join(SHOTS, `${shots}-${name}-${width}.png`) })
    }
    expect(await axeFaults(page)).toEqual([])
  },
})
