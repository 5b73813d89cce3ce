import { expect, test } from '@playwright/test'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { operator, type Operator } from '../support/operator'
import { expectFaultless } from '../support/screen-faults'

const VISA = '4111111111111111'

test.describe('支払区分', () => {
  let desk: DeskUnderTest
  let at: Operator
  /** Number of the order that is paid in 12回. */
  let ordered = ''
  test.beforeAll(async () => {
    desk = await openDesk()
    await signIn(desk.page)
    at = operator(desk.page)
  })
  test.afterAll(() => desk.close())

  const plan = () => desk.page.getByLabel('支払区分', { exact: true })
  const goTo = (hash: string) =>
    desk.page.evaluate((to) => {
      window.location.hash = to
    }, hash)
  /** Where the plan is asked for, that part of the form. */
  const faultless = (name: string) =>
    expectFaultless(desk, name, {
      dark: false,
      bring: async () => {
        if ((await plan().count()) > 0) await plan().scrollIntoViewIfNeeded()
      },
    })
  const formWithCard = async () => {
    await at.newOrderFor('サトウ カズコ')
    await at.addProduct('A101', 3)
    await at.openKeypad()
    await desk.keypad.key(VISA)
    await at.cardIs('111')
  }

  test('分割12回 is chosen by keyboard, read aloud, and asked of the service', async () => {
    const { page } = desk
    await formWithCard()
    await expect(plan()).toHaveValue('one-time')
    await page.getByRole('radio', { name: /^代引/ }).check({ force: true })
    await expect(plan()).toHaveCount(0)
    await page.getByRole('radio', { name: /^カード.テンキー/ }).check({ force: true })
    await expect(plan().locator('option')).toHaveText([
      '一括',
      ...[3, 5, 6, 10, 12, 15, 18, 20, 24].map((times) => `分割 ${times}回`),
      'リボ',
      'ボーナス一括',
    ])
    await plan().focus()
    await page.keyboard.press('ArrowDown')
    await expect(plan()).toHaveValue('installments-3')
    await plan().selectOption('分割 12回')
    await faultless('payment-plan-form')

    await at.proceed()
    await at.readBackIsOpen()
    await expect(page.getByText('カードで、12回の分割払いです。', { exact: false })).toBeVisible()
    await expect(page.getByTestId('plan')).toHaveText('分割 12回')
    await faultless('payment-plan-read-back')

    ordered = await at.readAloudAndConfirm()
    await expect(page.getByTestId('plan')).toHaveText('分割 12回')
    await faultless('payment-plan-done')
    expect((await desk.acquirer.books()).payments.at(-1)).toMatchObject({
      state: 'authorized',
      plan: 'installments',
      installments: 12,
    })
  })

  test('it is shown with the order and with the customer', async () => {
    const { page } = desk
    await goTo('/orders')
    await page
      .getByRole('row', { name: new RegExp(ordered) })
      .first()
      .click()
    const payments = page.getByRole('region', { name: /^お支払い/ })
    await expect(payments).toContainText('支払区分分割 12回')
    await faultless('payment-plan-order')
    await page.getByRole('link', { name: '顧客を開く' }).click()
    await page.getByRole('navigation', { name: '顧客詳細の内容' }).getByRole('link', { name: '取引' }).click()
    await expect(page.getByRole('cell', { name: '分割 12回' }).first()).toBeVisible()
    await faultless('payment-plan-customer')
  })

  test('another plan after the read-back: a new 与信 takes the place of the first', async () => {
    const { page } = desk
    await formWithCard()
    await at.proceed()
    await at.readBackIsOpen()
    const first = (await desk.acquirer.books()).payments.length
    await page.keyboard.press('F9')
    await page.getByRole('dialog').getByRole('button', { name: /残/ }).click()
    await plan().selectOption('リボ')
    await at.proceed()
    await at.readBackIsOpen()
    await expect(page.getByText('カードで、リボ払いです。', { exact: false })).toBeVisible()
    await at.readAloudAndConfirm()
    const { payments } = await desk.acquirer.books()
    expect(payments.slice(first - 1)).toMatchObject([
      { state: 'voided', plan: 'one-time' },
      { state: 'authorized', plan: 'revolving' },
    ])
  })

  test('a service of 一括 alone: the plan of an open draft is refused at its field, a new order has no field', async () => {
    const { page } = desk
    await formWithCard()
    await plan().selectOption('ボーナス一括')
    const draft = await page.evaluate(() => window.location.hash.slice(1))
    await goTo('/settings')
    await page.getByRole('combobox', { name: '利用サービス' }).click()
    await page.getByRole('option', { name: /注文番号方式/ }).click()
    await page.getByRole('button', { name: '設定を保存' }).click()
    await expect(page.getByText('設定を保存しました。')).toBeVisible()

    await goTo(draft)
    await expect(plan()).toHaveValue('bonus')
    await at.proceed()
    const words = 'ご利用の決済サービスではボーナス一括払いをお取り扱いできません。'
    await expect(page.getByText(words, { exact: false }).first()).toBeVisible()
    await expect(plan()).toBeFocused()
    await faultless('payment-plan-refused')
    await plan().selectOption('一括')
    await expect(page.getByText(words, { exact: false })).toHaveCount(0)
    await expect(plan()).toHaveCount(0)

    await formWithCard()
    await expect(plan()).toHaveCount(0)
    await at.proceed()
    await at.readBackIsOpen()
    await expect(page.getByText('カードで、一括払いです。', { exact: false })).toBeVisible()
  })
})
