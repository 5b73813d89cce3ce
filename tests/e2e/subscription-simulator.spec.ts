import { expect, test } from '@playwright/test'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { expectFaultless } from '../support/screen-faults'

test.describe.configure({ mode: 'serial', timeout: 120_000 })

test.describe('お届けの試算', () => {
  let desk: DeskUnderTest
  test.beforeAll(async () => {
    test.setTimeout(180_000)
    desk = await openDesk()
    await desk.page.getByLabel('メールアドレス').waitFor()
    await signIn(desk.page)
  })
  test.afterAll(() => desk.close())

  const faultless = (name: string) => expectFaultless(desk, name)
  const turns = () => desk.page.getByTestId('planned-turn')
  const totalOf = (at: number) => turns().nth(at).locator('td').nth(5)

  test('the palette leads to it by keys; a rule shows twelve deliveries at once', async () => {
    const { page } = desk
    await page.keyboard.press('Control+k')
    await page.keyboard.type('おとどけのしさん')
    await page.getByRole('option', { name: /お届けの試算/ }).waitFor()
    const heading = page.getByRole('heading', { level: 1, name: /お届けの試算/ })
    // Enter takes nothing while customers and orders are still being looked for.
    await expect(async () => {
      await page.keyboard.press('Enter')
      await expect(heading).toBeVisible({ timeout: 400 })
    }).toPass()
    await expect(page.getByTestId('plan-rule')).toHaveText('周期: 毎月15日')
    await expect(turns()).toHaveCount(12)
    await expect(turns().first()).toContainText('商品なし')
    await faultless('subscription-plan-empty')
  })

  test('goods, a first price and a customer, by keys alone: every turn says what it costs', async () => {
    const { page } = desk
    await page.getByRole('combobox', { name: '商品を検索' }).focus()
    await page.keyboard.type('A101')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('textbox', { name: /の数量$/ })).toHaveValue('1')
    await expect(turns().first()).toContainText('× 1')
    await page.getByRole('combobox', { name: 'お客様を検索' }).focus()
    await page.keyboard.type('サトウ カズコ')
    await page.getByText('1件見つかりました').waitFor()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: '選び直す' })).toBeVisible()
    await expect(page.getByText(/出荷からお届けまで \d+日|出荷した日にお届け/)).toBeVisible()
    const before = await totalOf(0).innerText()
    expect(before).toMatch(/^¥[\d,]+$/)
    await page.getByRole('button', { name: '価格の段階を追加' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: '1段目 値' }).focus()
    await page.keyboard.type('50')
    await expect(totalOf(0)).not.toHaveText(before)
    await expect(totalOf(1)).toHaveText(before)
    await faultless('subscription-plan')
  })

  test('a turn is skipped and one moved to see what follows; nothing can be tried that a contract refuses', async () => {
    const { page } = desk
    const third = await turns().nth(2).locator('td').first().innerText()
    const pick = async (at: number, name: string) => {
      await turns().nth(at).getByRole('button', { name: /変更/ }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('menuitem', { name }).click()
    }
    await pick(1, 'この回をスキップ')
    await expect(turns().nth(1)).toContainText('スキップ')
    // The turn behind it takes its number.
    await expect(turns().nth(2).locator('th')).toHaveText('2回')
    await expect(turns()).toHaveCount(13)
    await pick(2, 'この回のお届け日を変更')
    const dialog = page.getByRole('dialog')
    const day = dialog.getByRole('textbox', { name: '新しいお届け日' })
    await day.fill('2099/01/01')
    await day.press('Enter')
    await dialog.getByRole('button', { name: 'この日で試算する' }).click()
    await expect(dialog.getByRole('alert')).toContainText('前後14日以内')
    await faultless('subscription-plan-refused')
    await dialog.getByRole('button', { name: '閉じる' }).last().click()
    await expect(turns().nth(2).locator('td').first()).toHaveText(third)
    await expect(page.getByTestId('tried-turns')).toContainText('1件の変更を試しています')
    await faultless('subscription-plan-tried')
    await page.getByRole('button', { name: 'すべて元に戻す' }).click()
    await expect(turns()).toHaveCount(12)
    await expect(page.getByTestId('tried-turns')).toHaveCount(0)
  })

  test('what is typed wrong is marked and the last plan stays, dimmed', async () => {
    const { page } = desk
    await page.getByRole('textbox', { name: '1段目 値' }).fill('150')
    await expect(page.getByText('入力の途中です。赤い項目を直すと計算します。')).toBeVisible()
    await expect(page.getByRole('textbox', { name: '1段目 値' })).toHaveAttribute('aria-invalid', 'true')
    await expect(turns()).toHaveCount(12)
    await page.getByRole('textbox', { name: '1段目 値' }).fill('50')
    await expect(page.getByText('入力の途中です。赤い項目を直すと計算します。')).toHaveCount(0)
  })

  test('the 31st bends in short months and comes back; a month without a fifth weekday is passed over when asked', async () => {
    const { page } = desk
    await page.getByRole('combobox', { name: 'お届けする日' }).click()
    await page.getByRole('option', { name: '31日' }).click()
    await expect(page.getByTestId('plan-rule')).toHaveText('周期: 毎月31日')
    await expect(turns().filter({ hasText: '31日がない月のため、月末の' }).first()).toBeVisible()
    await expect(
      turns()
        .filter({ hasText: /\/31\(/ })
        .first(),
    ).toBeVisible()
    await page.getByText('第○曜日', { exact: true }).click()
    await page.getByRole('combobox', { name: '第何週' }).click()
    await page.getByRole('option', { name: '第5' }).click()
    await expect(
      turns().filter({ hasText: '第5火曜日がない月のため、最後の火曜日にお届けします。' }).first(),
    ).toBeVisible()
    await faultless('subscription-plan-fifth')
    await page.getByText('その月は届けない').click()
    await expect(turns().filter({ hasText: '第5火曜日がない' })).toHaveCount(0)
    await expect(turns()).toHaveCount(12)
  })

  test('alternating sets and a course tell the goods of each turn', async () => {
    const { page } = desk
    await page.getByText('交互', { exact: true }).click()
    await page.getByRole('combobox', { name: '商品を検索(セット2)' }).focus()
    await page.keyboard.type('A102')
    await page.getByRole('option').first().waitFor()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('table', { name: 'セット2' })).toBeVisible()
    const first = await turns().nth(0).locator('td').nth(4).innerText()
    await expect(turns().nth(2)).toContainText(first.split('\n')[0] ?? '')
    await expect(turns().nth(1)).not.toContainText(first.split('\n')[0] ?? '')
    await faultless('subscription-plan-sets')
    // コース: every turn has its own set, and the last one stays.
    const goods = (at: number) => turns().nth(at).locator('td').nth(4)
    const second = await goods(1).innerText()
    await page.getByText('コース', { exact: true }).click()
    await expect(goods(2)).toHaveText(second)
    await expect(goods(0)).toHaveText(first)
    await page.getByText('交互', { exact: true }).click()
    await expect(goods(2)).toHaveText(first)
  })

  test('going elsewhere and back loses nothing', async () => {
    const { page } = desk
    await page.getByRole('link', { name: '顧客を開く' }).click()
    await expect(page.getByRole('heading', { level: 1, name: /佐藤/ })).toBeVisible()
    await page.getByRole('navigation', { name: 'メニュー' }).getByRole('link', { name: /定期/ }).click()
    await page.getByRole('link', { name: 'お届けの試算', exact: true }).click()
    await expect(page.getByRole('table', { name: 'セット2' })).toBeVisible()
    await expect(page.getByRole('textbox', { name: '1段目 値' })).toHaveValue('50')
  })

  test('設定 > 定期 says how deadlines are counted, refuses what cannot be, and the plan follows', async () => {
    const { page } = desk
    await page.getByRole('navigation', { name: 'メニュー' }).getByRole('link', { name: '設定' }).click()
    await page.getByRole('link', { name: '定期', exact: true }).click()
    await expect(page.getByLabel('受注作成日', { exact: false }).first()).toBeVisible()
    await faultless('settings-subscriptions')
    await page.getByRole('textbox', { name: '変更の締め切り' }).fill('')
    await page.getByRole('button', { name: '設定を保存' }).click()
    await expect(page.getByText('0以上の日数を入力してください。')).toBeVisible()
    await page.getByRole('textbox', { name: '変更の締め切り' }).fill('14')
    await page.getByText('次の営業日に出荷').click()
    await page.getByText('その月は届けない', { exact: true }).click()
    await page.getByRole('button', { name: '設定を保存' }).click()
    await expect(page.getByText('設定を保存しました。')).toBeVisible()
    await page.getByRole('link', { name: 'お届けの試算を開く' }).click()
    const [, , ship, , until] = await turns().nth(3).locator('th, td').allInnerTexts()
    const day = (text: string | undefined) => {
      const [, month = 0, date = 0] = /^(\d+)\/(\d+)/.exec(text ?? '') ?? []
      return Date.UTC(2027, Number(month) - 1, Number(date))
    }
    expect((day(ship) - day(until)) / 86_400_000).toBe(14)
    // Whoever chooses the fifth week begins with what the shop does in months without one.
    const week = page.getByRole('combobox', { name: '第何週' })
    await page.getByText('最後の曜日に届ける', { exact: true }).click()
    await expect(page.getByRole('radio', { name: '最後の曜日に届ける' })).toBeChecked()
    for (const nth of ['第4', '第5']) {
      await week.click()
      await page.getByRole('option', { name: nth }).click()
    }
    await expect(page.getByRole('radio', { name: 'その月は届けない' })).toBeChecked()
    await expect(turns().filter({ hasText: '第5火曜日がない' })).toHaveCount(0)
  })
})
