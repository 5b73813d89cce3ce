import { appendFileSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import iconv from 'iconv-lite'
import { customerLine, writeCustomerCsv } from '../support/customer-csv'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { importDesk } from '../support/import-desk'

const ROWS = 60
const BROKEN = 31
const FIRST = 200_001
/** A whole second: what a file system keeps of it is what is written. */
const WRITTEN = new Date('2026-11-20T01:00:00Z')

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

  const { answerDialogs, countOf, faultless } = importDesk(() => desk, 'customer-import')

  test('a file is shown as it will be read, stops at a broken row, goes on, and can be taken back', async () => {
    const { page } = desk
    const report = join(desk.folder, 'report.csv')
    await answerDialogs(file, report)
    await page.getByRole('link', { name: '顧客一覧' }).click()
    await page.getByRole('link', { name: 'CSV取込' }).click()
    await expect(page.getByText('まだ取込はありません。')).toBeVisible()
    await faultless('empty')
    await page.getByRole('button', { name: 'ファイルを選ぶ' }).click()
    await expect(page.getByText('EC-CUBE 4の会員CSV(26項目)です。', { exact: false })).toBeVisible()
    const preview = page.getByRole('table', { name: '読み取った内容' })
    await expect(preview.getByRole('row')).toHaveCount(21)
    const [, family = '', given = ''] = customerLine(FIRST).split(',')
    await expect(preview.getByRole('row').nth(1)).toContainText(`${family} ${given}`)
    await faultless('wizard')
    await page.getByRole('button', { name: '取込を始める' }).click()

    const question = page.getByRole('alert').filter({ hasText: '行目を読み取れません' })
    await expect(question).toContainText('メールアドレスの形式が正しくありません。')
    await expect(page.getByTestId('job-chip')).toContainText('確認待ち')
    await faultless('question')
    await question.getByRole('button', { name: 'この行を飛ばす' }).click()
    await expect(page.getByTestId('import-state')).toHaveText('取込済み')
    await expect(countOf('added')).toHaveText(String(ROWS - 1))
    await expect(countOf('broken')).toHaveText('1')
    await expect(page.getByTestId('job-chip')).toHaveCount(0)
    await page.getByRole('button', { name: '行と理由をCSVで保存' }).click()
    await expect(page.getByText('1行を保存しました。')).toBeVisible()
    expect(readFileSync(report, 'utf8')).toContain(String(FIRST + BROKEN - 1))
    await faultless('visible')

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

  test('another file is mapped by hand, and goes on where it stopped when its file was changed meanwhile', async () => {
    const { page } = desk
    const own = join(desk.folder, '顧客台帳.csv')
    const rows = [
      'お客様コード,氏名,ヨミ,ご住所,TEL,区分',
      '301001,髙橋　一郎,ﾀｶﾊｼ ｲﾁﾛｳ,東京都新宿区西新宿2-8-1,03(1234)5678,①',
      '301002,,,東京都新宿区西新宿2-8-1,03-1234-5679,',
      '301003,浜 二郎,ハマ ジロウ,神奈川県横浜市西区みなとみらい1-1,045-123-4567,',
    ]
    writeFileSync(own, iconv.encode(`${rows.join('\r\n')}\r\n`, 'cp932'))
    utimesSync(own, WRITTEN, WRITTEN)
    await answerDialogs(own, join(desk.folder, 'unused.csv'))
    await page.getByRole('link', { name: 'CSV取込' }).click()
    await page.getByRole('button', { name: 'ファイルを選ぶ' }).click()
    await expect(page.getByRole('combobox', { name: '文字コード' })).toHaveValue('Shift_JIS(Windows)')
    const preview = page.getByRole('table', { name: '読み取った内容' })
    await expect(preview).toContainText('お名前がありません。')
    await expect(page.getByText('このうち1行は読み取れません。', { exact: false })).toBeVisible()
    const kind = page.getByRole('combobox', { name: '「区分」の項目' })
    await expect(kind).toHaveValue('取り込まない')
    await kind.fill('メモ')
    await page.getByRole('option', { name: 'メモ' }).click()
    await expect(preview).toContainText('①')
    await page.getByRole('textbox', { name: '対応の名前' }).fill('旧台帳')
    await page.getByRole('button', { name: '対応を保存' }).click()
    await expect(page.getByText('列の対応「旧台帳」を保存しました。')).toBeVisible()
    await faultless('mapped')
    await page.getByRole('button', { name: '取込を始める' }).click()
    const question = page.getByRole('alert').filter({ hasText: '3行目を読み取れません' })
    await expect(question).toContainText('お名前がありません。')

    const whole = readFileSync(own)
    appendFileSync(own, '301004,x,,,,\r\n')
    await question.getByRole('button', { name: 'この行を飛ばす' }).click()
    const stopped = page.getByRole('alert').filter({ hasText: '取込が途中で止まりました' })
    await expect(stopped).toContainText('サポートコード')
    await faultless('stopped')
    writeFileSync(own, whole)
    utimesSync(own, WRITTEN, WRITTEN)
    await stopped.getByRole('button', { name: '再開する' }).click()
    await expect(page.getByTestId('import-state')).toHaveText('取込済み')
    await expect(countOf('added')).toHaveText('2')
    await page.getByRole('link', { name: '取込の一覧へ' }).click()
    await expect(page.getByRole('table', { name: '取込の一覧' }).getByRole('row')).toHaveCount(3)
    await faultless('list')
  })
})
