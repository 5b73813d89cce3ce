import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import iconv from 'iconv-lite'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'

test.describe('顧客一覧', () => {
  let desk: DeskUnderTest
  test.beforeAll(async () => {
    desk = await openDesk()
    await desk.page.getByLabel('メールアドレス').waitFor()
    await signIn(desk.page)
    await desk.page
      .getByRole('navigation', { name: 'メニュー' })
      .getByRole('link', { name: '顧客一覧' })
      .click()
    await desk.page.getByRole('row').nth(1).waitFor()
  })
  test.afterAll(() => desk.close())

  const count = () => desk.page.getByTestId('count')
  const field = () => desk.page.getByLabel('検索', { exact: true })

  test('finds as one types, combines conditions, sorts, and says when nobody matches', async () => {
    const { page } = desk
    await expect(count()).toHaveText('300件')
    await field().fill('さとう')
    await expect(count()).toHaveText(/^\d{1,2}件$/)
    await expect(page.getByRole('row').nth(1)).toContainText('サトウ')
    await page.getByRole('combobox', { name: '都道府県' }).fill('とうきょう')
    await page.getByRole('option', { name: '東京都' }).click()
    await expect(page.getByRole('row').nth(1)).toContainText('東京都')
    await page.getByRole('search').getByRole('button', { name: '条件を解除' }).click()
    await expect(count()).toHaveText('300件')
    const first = (await page.getByRole('row').nth(1).textContent()) ?? ''
    await page.getByRole('button', { name: 'カナ' }).click()
    await expect(page.getByRole('row').nth(1)).not.toHaveText(first)
    await expect(page.getByRole('columnheader', { name: 'カナ' })).toHaveAttribute('aria-sort', 'ascending')
    await expect(page.getByRole('row').nth(1)).toContainText(/ア/)
    await page.getByRole('button', { name: '顧客番号' }).click()
    await expect(page.getByRole('row').nth(1)).toHaveText(first)
    await field().fill('ぬるぽ')
    await expect(page.getByText('条件に合う顧客はいません。', { exact: false })).toBeVisible()
    await field().fill('')
  })

  test('a search is kept by name and comes back', async () => {
    const { page } = desk
    await field().fill('東京都')
    await page.getByRole('button', { name: '保存した検索' }).click()
    await page.getByLabel('今の条件を保存').fill('都内')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: '都内', exact: true })).toBeVisible()
    await page.keyboard.press('Escape')
    await page.getByRole('search').getByRole('button', { name: '条件を解除' }).click()
    await expect(count()).toHaveText('300件')
    await page.getByRole('button', { name: '保存した検索' }).click()
    await page.getByRole('button', { name: '都内', exact: true }).click()
    await expect(field()).toHaveValue('東京都')
    await expect(count()).not.toHaveText('300件')
    await page.getByRole('search').getByRole('button', { name: '条件を解除' }).click()
  })

  test('Space ticks rows, a tag is given to them, found by it, and taken back', async () => {
    const { page } = desk
    await expect(count()).toHaveText('300件')
    await field().press('ArrowDown')
    await page.keyboard.press(' ')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press(' ')
    await page.getByRole('button', { name: 'タグ付け' }).click()
    await expect(page.getByRole('radio', { name: '選択中の2名' })).toBeChecked()
    await page
      .getByRole('combobox', { name: 'タグ' })
      .or(page.getByRole('textbox', { name: 'タグ' }))
      .last()
      .fill('贈答')
    await page.getByRole('button', { name: 'タグを付ける' }).click()
    await expect(page.getByText('2名にタグ「贈答」を付けました。')).toBeVisible()
    await page.goto(`${page.url().split('#')[0]}#/customers?tag=${encodeURIComponent('贈答')}`)
    await expect(count()).toHaveText('2件')
    await page.getByRole('button', { name: '元に戻す' }).click()
    await expect(count()).toHaveText('0件')
    await page.getByRole('search').getByRole('button', { name: '条件を解除' }).click()
  })

  test('what is shown is saved as CSV in Shift_JIS, and the signs that it has not are named', async () => {
    const { page } = desk
    const file = join(desk.folder, '顧客.csv')
    await desk.app.evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: path })
    }, file)
    await field().fill('高橋')
    await expect(count()).toHaveText(/^\d{1,2}件$/)
    const shown = Number.parseInt(await count().innerText(), 10)
    await page.getByRole('button', { name: 'CSV出力' }).click()
    await page.getByRole('radio', { name: /Shift_JIS/ }).check()
    await page.getByRole('button', { name: '保存先を選んで出力' }).click()
    await expect(page.getByText(`${shown}名を出力しました。`)).toBeVisible()
    expect(existsSync(file)).toBe(true)
    const lines = iconv.decode(readFileSync(file), 'cp932').trimEnd().split('\r\n')
    expect(lines).toHaveLength(shown + 1)
    expect(lines[0]).toContain('顧客番号,お名前,カナ,電話番号')
    expect(lines.slice(1).every((line) => /[高髙]橋/.test(line))).toBe(true)
  })
})
