import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { expectFaultless } from '../support/screen-faults'

test.describe('商品マスター', () => {
  let desk: DeskUnderTest
  test.beforeAll(async () => {
    desk = await openDesk()
    await desk.page.getByLabel('メールアドレス').waitFor()
    await signIn(desk.page)
  })
  test.afterAll(() => desk.close())

  /** Nothing cut, nothing unlabelled, at both sizes, light and dark. */
  const faultless = (name: string) => expectFaultless(desk, name)
  const go = (hash: string) =>
    desk.page.evaluate((to) => {
      window.location.hash = to
    }, hash)
  const count = () => desk.page.getByTestId('count')
  const row = (text: string) => desk.page.getByRole('row').filter({ hasText: text })

  test('a product is added by keys, kept, and found by its reading', async () => {
    const { page } = desk
    await page
      .getByRole('navigation', { name: 'メニュー' })
      .getByRole('link', { name: '商品', exact: true })
      .click()
    await expect(count()).toHaveText('40件')
    await faultless('products')
    await page.getByRole('link', { name: '商品を追加' }).click()
    await page.getByLabel('商品コード').fill('Ｚ９０１')
    await page.keyboard.press('Enter')
    await page.keyboard.type('宇治抹茶(40g)')
    await page.keyboard.press('Enter')
    await page.keyboard.type('うじまっちゃ')
    await page.getByText('軽減', { exact: true }).click()
    await page.getByRole('button', { name: '商品を保存' }).click()
    await expect(page.getByText('入力してください。', { exact: true })).toBeVisible()
    await page.getByLabel('価格', { exact: true }).fill('１，０８０円')
    await page.getByRole('button', { name: '商品を保存' }).click()
    await expect(page.getByRole('heading', { name: '宇治抹茶(40g)' })).toBeVisible()
    await expect(page.getByLabel('商品コード')).toHaveValue('Z901')
    await expect(page.getByLabel('価格', { exact: true })).toHaveValue('1,080')
    await expect(page.getByText('本日の税率は8%です。', { exact: false })).toBeVisible()
    await faultless('product')
    await page.getByRole('link', { name: '商品マスターへ戻る' }).click()
    await page.getByLabel('検索', { exact: true }).fill('まっちゃ')
    await expect(count()).toHaveText('1件')
    await expect(row('Z901')).toContainText('¥1,080')
  })

  test('filter and order stay when one comes back from a product', async () => {
    const { page } = desk
    await go('/products')
    await page.getByLabel('検索', { exact: true }).fill('')
    await expect(count()).toHaveText('41件')
    await page.getByRole('combobox', { name: '温度帯' }).click()
    await page.getByRole('option', { name: '冷凍' }).click()
    await expect(count()).toHaveText('4件')
    await page.getByRole('button', { name: '価格' }).click()
    await expect(page.getByRole('columnheader', { name: '価格' })).toHaveAttribute('aria-sort', 'descending')
    const codes = () => page.getByRole('row').locator('td:first-child').allInnerTexts()
    const before = await codes()
    expect(before[0]).toBe('B203')
    await page.getByRole('row').nth(2).click()
    await expect(page.getByRole('heading', { name: '価格と税' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(count()).toHaveText('4件')
    expect(await codes()).toEqual(before)
    expect(page.url()).toContain('temperature=frozen&sort=price')
    await page.getByRole('search').getByRole('button', { name: '条件を解除' }).click()
  })

  test('a CSV with a broken row is looked at first; its sound rows are taken, the broken one told and saved', async () => {
    const { page } = desk
    const file = join(desk.folder, '新商品.csv')
    const report = join(desk.folder, '取り込めなかった商品.csv')
    writeFileSync(
      file,
      [
        '商品コード,商品名,価格,税区分,備考',
        'Z901,宇治抹茶(40g),1296,軽減,値上げ',
        'Z902,玉露(50g),2160,軽減,',
        'Z903,価格のない茶,,軽減,',
        '',
      ].join('\r\n'),
    )
    await desk.app.evaluate(
      ({ dialog }, places) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [places.file] })
        dialog.showSaveDialog = async () => ({ canceled: false, filePath: places.report })
      },
      { file, report },
    )
    await go('/products')
    await page.getByRole('link', { name: 'CSV取込' }).click()
    await faultless('products-import')
    await page.getByRole('button', { name: 'ファイルを選ぶ' }).click()
    const rows = page.getByRole('table', { name: '内容' }).getByRole('row')
    await expect(rows.nth(1)).toContainText('新しい商品には「価格」が必要です。')
    await expect(rows.filter({ hasText: 'Z901' })).toContainText('価格: 1080 → 1296')
    await expect(page.getByText('次の列は使いません: 備考')).toBeVisible()
    await expect(page.getByTestId('count-broken')).toContainText('1行')
    await faultless('products-import-rows')
    await page.getByRole('button', { name: '取り込める2行だけ取り込む' }).click()
    await expect(page.getByRole('status').filter({ hasText: '取り込みました' })).toContainText(
      '追加 1行、変更 1行',
    )
    await page.getByRole('button', { name: '取り込めない行をCSVで保存' }).click()
    await expect(page.getByText('1行を保存しました。', { exact: false })).toBeVisible()
    expect(readFileSync(report, 'utf8')).toContain('価格のない茶')
    await page.getByRole('link', { name: '商品マスターを開く' }).click()
    await page.getByLabel('検索', { exact: true }).fill('Z90')
    await expect(count()).toHaveText('2件')
    await expect(row('Z901')).toContainText('¥1,296')
  })

  test('an offer says what it advertised; charges are kept by prefecture', async () => {
    const { page } = desk
    await go('/offers')
    await expect(count()).toHaveText('3件')
    await faultless('offers')
    await row('N1123').click()
    await expect(page.getByRole('heading', { name: '広告した商品' })).toBeVisible()
    await expect(page.getByLabel('黒酢しょうが粒(30日分) 広告の価格(円)')).toHaveValue('1,980')
    await page.getByRole('combobox', { name: '商品を追加' }).fill('りんご')
    await page.getByRole('option', { name: /信州りんごジュース/ }).click()
    await page.getByLabel('信州りんごジュース(6本) 広告の価格(円)').fill('3500')
    await faultless('offer')
    await page.getByRole('button', { name: 'オファーを保存' }).click()
    await expect(page.getByText('オファーを保存しました。')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(row('N1123')).toContainText('3点')
    await go('/settings/charges')
    await page.getByRole('button', { name: '都道府県を追加' }).click()
    await page.getByRole('table', { name: '都道府県別の送料' }).getByRole('combobox').fill('おきなわ')
    await page.getByRole('option', { name: '沖縄県' }).click()
    await page.getByLabel('沖縄県 送料', { exact: true }).fill('1650')
    await page.getByLabel('沖縄県 送料無料の対象外').check()
    await faultless('charges')
    await page.getByRole('button', { name: '設定を保存' }).click()
    await expect(page.getByText('設定を保存しました。')).toBeVisible()
    await go('/products')
    await go('/settings/charges')
    await expect(page.getByLabel('沖縄県 送料', { exact: true })).toHaveValue('1,650')
  })
})
