import type { DeskUnderTest } from './desk'
import { expectFaultless } from './screen-faults'

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
  faultless: (name: string) => expectFaultless(desk(), `${shots}-${name}`, { dark: false }),
})
