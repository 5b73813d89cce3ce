import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { importDesk } from '../support/import-desk'
import { contractLine, writeContractCsv } from '../support/subscription-import-world'

/** A date so many days ahead, as files write it. */
const ahead = (days: number): string =>
  new Date(Date.now() + 9 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '/')

test.describe.configure({ mode: 'serial', timeout: 120_000 })

test.describe('定期の取込', () => {
  let desk: DeskUnderTest
  let file: string
  test.beforeAll(async () => {
    test.setTimeout(180_000)
    desk = await openDesk()
    file = join(desk.folder, '旧システム定期.csv')
    await signIn(desk.page)
  })
  test.afterAll(() => desk.close())

  const { answerDialogs, countOf, faultless } = importDesk(() => desk, 'subscription-imports')

  test('a file is looked at, taken in by one switch, listed, and taken back', async () => {
    const { page } = desk
    const base = { rule: '30日ごと', next: ahead(20) }
    writeContractCsv(file, [
      contractLine({ ...base, external: 'OLD-1', customer: 10_001, price: 2800, turns: 5 }),
      contractLine({ ...base, external: 'OLD-2', customer: 10_002, product2: 'A102', method: 'コンビニ' }),
      contractLine({ ...base, external: 'OLD-3', customer: 10_003, method: 'クレジットカード' }),
      contractLine({
        ...base,
        external: 'OLD-6',
        customer: 10_005,
        mode: '交互',
        items: 'A101×2@1980→A102',
        steps: '初回 50%引き;2回目以降 500円引き',
        noshi: ['内祝', '山田'],
      }),
      contractLine({ ...base, external: 'OLD-7', customer: 10_006, next: '', state: '停止中' }),
      contractLine({ ...base, external: 'OLD-4', customer: 99_999_999 }),
      contractLine({ ...base, external: 'OLD-5', customer: 10_004, rule: 'ときどき' }),
    ])
    const report = join(desk.folder, 'report.csv')
    await answerDialogs(file, report)
    await page.keyboard.press('F4')
    await page.getByRole('link', { name: 'CSV取込' }).click()
    await expect(page.getByText('まだ取込はありません。')).toBeVisible()
    await faultless('empty')
    await page.getByRole('button', { name: 'ファイルを選ぶ' }).click()
    const preview = page.getByRole('table', { name: '読み取った内容' })
    await expect(preview.getByRole('row')).toHaveCount(8)
    await expect(preview).toContainText('A101×2(1,980円) → A102')
    await expect(preview).toContainText('1回目 50%引き、2回目以降 500円引き')
    await expect(preview).toContainText('お届け周期「ときどき」を読み取れません。')
    await expect(page.getByRole('combobox', { name: '「お届け周期」の項目' })).toHaveValue('お届け周期')
    await faultless('wizard')

    await page.getByRole('button', { name: 'ファイルを確認する' }).click()
    await expect(page.getByTestId('import-state')).toHaveText('確認済み')
    await expect(countOf('good')).toHaveText('5')
    await expect(countOf('broken')).toHaveText('2')
    await expect(countOf('noCard')).toHaveText('1')
    await expect(page.getByRole('table', { name: '取り込めない行' })).toContainText(
      '顧客番号99999999のお客様が見つかりません。',
    )
    await faultless('checked')
    await page.getByRole('button', { name: '行と理由をCSVで保存' }).click()
    await expect(page.getByText('2行を保存しました。')).toBeVisible()
    expect(readFileSync(report, 'utf8')).toContain('ときどき')

    await page.getByRole('button', { name: '5件を取り込む' }).click()
    await expect(page.getByTestId('import-state')).toHaveText('取込済み')
    await expect(countOf('written')).toHaveText('5')
    await faultless('visible')
    await page.getByRole('link', { name: '要対応の定期を見る' }).click()
    const list = page.getByRole('table', { name: '定期一覧' })
    await expect(list.getByRole('row').filter({ hasText: 'カード未登録' }).first()).toBeVisible()
    await faultless('list')

    await page.getByRole('link', { name: 'CSV取込' }).click()
    await faultless('history')
    await page.getByRole('row').filter({ hasText: '旧システム定期.csv' }).click()
    await page.getByRole('button', { name: '取込を取り消す' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '取り消す' }).click()
    await expect(page.getByTestId('import-state')).toHaveText('取消済み')
  })
})
