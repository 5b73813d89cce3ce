import { expect, test } from '@playwright/test'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { operator, type Operator } from '../support/operator'
import { expectFaultless } from '../support/screen-faults'

test.describe('ブラックリスト', () => {
  let desk: DeskUnderTest
  let at: Operator
  test.beforeAll(async () => {
    desk = await openDesk()
    await desk.page.getByLabel('メールアドレス').waitFor()
    await signIn(desk.page)
    at = operator(desk.page)
  })
  test.afterAll(() => desk.close())

  const faultless = (name: string) => expectFaultless(desk, name)

  test('a condition holds the order; the caller hears nothing of it; it is released with a reason', async () => {
    const { page } = desk
    await page.evaluate(() => {
      window.location.hash = '/customers/blacklist'
    })
    await expect(page.getByText('登録された条件はありません', { exact: false })).toBeVisible()
    await page.getByRole('button', { name: '条件を追加' }).click()
    await page.getByLabel('フリガナ').fill('ｻﾄｳ ｶｽﾞｺ')
    await page.getByRole('button', { name: '保存' }).click()
    await expect(page.getByText('理由を入力してください。')).toBeVisible()
    await page.getByLabel(/^理由/).fill('受取拒否が2回続いた')
    await faultless('blacklist-entry')
    await page.getByRole('button', { name: '保存' }).click()
    await expect(page.getByRole('row', { name: /受取拒否が2回続いた/ })).toBeVisible()
    await faultless('blacklist')

    await at.newOrderFor('サトウ カズコ')
    await at.addProduct('A101', 1)
    await page.getByRole('radio', { name: /^代引/ }).check({ force: true })
    await at.proceed()
    await at.readBackIsOpen()
    await expect(page.getByText('社内で内容を確認してから出荷します', { exact: false })).toBeVisible()
    await expect(page.getByText('受取拒否', { exact: false })).toHaveCount(0)
    const number = await at.readAloudAndConfirm()
    await page.evaluate(() => {
      window.location.hash = '/orders?status=waiting-check'
    })
    await page
      .getByRole('row', { name: new RegExp(number) })
      .first()
      .click()
    const holds = page.getByTestId('order-holds')
    await expect(holds).toContainText('お客様: 一致: フリガナ(受取拒否が2回続いた)')
    await faultless('order-held')
    await holds.getByRole('button', { name: '保留を解除' }).click()
    await page.getByRole('dialog').getByLabel(/^理由/).fill('ご本人に電話で確認')
    await page.keyboard.press('Tab')
    await page.getByRole('dialog').getByRole('button', { name: '保留を解除' }).click()
    await expect(holds).toContainText('解除: ご本人に電話で確認')
    await expect(page.getByRole('main').getByText('新規受付').first()).toBeVisible()
  })

  test('a customer is marked and let go again on 顧客詳細', async () => {
    const { page } = desk
    await page.evaluate(() => {
      window.location.hash = '/customers'
    })
    await page.getByRole('row').nth(2).click()
    const standing = page.getByTestId('standing')
    await standing.getByRole('button', { name: '区分を変更' }).click()
    await page.getByRole('dialog').getByText('対象', { exact: true }).click()
    await page.getByRole('dialog').getByLabel(/^理由/).fill('不正利用の疑い')
    await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
    await expect(standing).toContainText('不正利用の疑い')
    await standing.scrollIntoViewIfNeeded()
    await faultless('customer-standing')
    await standing.getByRole('button', { name: '区分を変更' }).click()
    await page.getByRole('dialog').getByText('なし', { exact: true }).click()
    await page.getByRole('dialog').getByLabel(/^理由/).fill('誤登録のため')
    await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
    await expect(standing).toContainText('登録されていません。')
    await expect(standing).toContainText('登録を解除 誤登録のため')
  })
})
