import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { customerLine, writeCustomerCsv } from '../support/customer-csv'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { axeFaults, layoutFaults, resize } from '../support/screen-faults'

const ROWS = 60
const BROKEN = 31
const FIRST = 200_001

test.describe('顧客の取込', () => {
  let desk: DeskUnderTest
  let file: string
  test.beforeAll(async () => {
    desk = await openDesk()
    file = join(desk.folder, '会員一覧.csv')
    writeCustomerCsv(file, {
      rows: ROWS,
      from: FIRST,
      change: (at, line) => (at === BROKEN ? line.replace('@example.jp', '') : line),
    })
    await signIn(desk.page)
  })
  test.afterAll(() => desk.close())

  const faultless = async () => {
    for (const [width, height] of [
      [1366, 768],
      [1920, 1080],
    ] as const) {
      await resize(desk, width, height)
      expect(await layoutFaults(desk.page)).toEqual([])
    }
    expect(await axeFaults(desk.page)).toEqual([])
  }
  /** The PC's own dialogs answer with these places. */
  const answerDialogs = (open: string, save: string) =>
    desk.app.evaluate(
      ({ dialog }, places) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [places.open] })
        dialog.showSaveDialog = async () => ({ canceled: false, filePath: places.save })
      },
      { open, save },
    )
  const countOf = (key: string) => desk.page.getByTestId(`count-${key}`).locator('dd')

  test('a file is shown as it will be read, stops at a broken row, goes on, and can be taken back', async () => {
    const { page } = desk
    const report = join(desk.folder, 'report.csv')
    await answerDialogs(file, report)
    await page.getByRole('link', { name: '顧客一覧' }).click()
    await page.getByRole('link', { name: 'CSV取込' }).click()
    await expect(page.getByText('まだ取込はありません。')).toBeVisible()
    await faultless()
    await page.getByRole('button', { name: 'ファイルを選ぶ' }).click()
    await expect(page.getByText('EC-CUBE 4の会員CSV(26項目)です。', { exact: false })).toBeVisible()
    const preview = page.getByRole('table', { name: '取り込まれる内容' })
    await expect(preview.getByRole('row')).toHaveCount(21)
    const [, family = '', given = ''] = customerLine(FIRST).split(',')
    await expect(preview.getByRole('row').nth(1)).toContainText(`${family} ${given}`)
    await faultless()
    await page.getByRole('button', { name: '取込を始める' }).click()

    const question = page.getByRole('alert').filter({ hasText: '行目を読み取れません' })
    await expect(question).toContainText('メールアドレスの形式が正しくありません。')
    await expect(page.getByTestId('job-chip')).toContainText('確認待ち')
    await faultless()
    await question.getByRole('button', { name: 'この行を飛ばす' }).click()
    await expect(page.getByTestId('import-state')).toHaveText('取込済み')
    await expect(countOf('added')).toHaveText(String(ROWS - 1))
    await expect(countOf('broken')).toHaveText('1')
    await expect(page.getByTestId('job-chip')).toHaveCount(0)
    await page.getByRole('button', { name: '行と理由をCSVで保存' }).click()
    await expect(page.getByText('1行を保存しました。')).toBeVisible()
    expect(readFileSync(report, 'utf8')).toContain(String(FIRST + BROKEN - 1))
    await faultless()

    const found = async () => {
      await page.evaluate((text) => {
        window.location.hash = `/customers?text=${text}`
      }, String(FIRST))
      return page
        .getByRole('table', { name: '顧客一覧' })
        .getByRole('row')
        .filter({ hasText: String(FIRST) })
    }
    await expect(await found()).toHaveCount(1)
    await page.getByRole('link', { name: 'CSV取込' }).click()
    await page.getByRole('row').filter({ hasText: '会員一覧.csv' }).click()
    await page.getByRole('button', { name: '取込を取り消す' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '取り消す' }).click()
    await expect(page.getByTestId('import-state')).toHaveText('取消済み')
    await expect(await found()).toHaveCount(0)
  })
})
