import { expect, test } from '@playwright/test'
import { openDesk, SAMPLE, signIn, type DeskUnderTest } from '../support/desk'
import { expectFaultless } from '../support/screen-faults'

const VISA = '4111111111111111'
const JCB = '3566002020360505'
// Contracts of the sample shop, by what their story is.
const REFUSED_ONCE = '500031'
const REFUSED_FOR_GOOD = '500034'
const PAYS_BY_CARD = '500053'
const BELOW_MINIMUM = '500056'

// Each test goes on where the one before ended.
test.describe.configure({ mode: 'serial', timeout: 180_000 })

let desk: DeskUnderTest

test.beforeAll(async () => {
  test.setTimeout(180_000)
  desk = await openDesk({ sample: 'fresh', subscriptions: true })
  await signIn(desk.page)
})
test.afterAll(() => desk.close())

const faultless = (name: string) => expectFaultless(desk, name)

const dialog = () => desk.page.getByRole('dialog')
const turns = () => desk.page.getByRole('table', { name: '要対応の回' })
const facts = () => desk.page.getByRole('region', { name: '契約の内容' })
const past = () => desk.page.getByRole('region', { name: 'これまでのお届け' })
const payments = async () => (await desk.acquirer.books()).payments
const rail = (name: string) =>
  desk.page.getByRole('navigation', { name: 'メニュー' }).getByRole('link', { name })

/** What ホーム says of 要対応 of 定期, when there is any. */
const todo = () => desk.page.getByRole('listitem').filter({ hasText: '定期の要対応が' })

/** How many turns wait for a call, as ホーム counts them. */
async function waiting(): Promise<number> {
  await rail('ホーム').click()
  await expect(todo()).toBeVisible()
  return Number(/定期の要対応が(\d+)件/.exec(await todo().innerText())?.[1])
}

async function openContract(number: string): Promise<void> {
  const { page } = desk
  await page.keyboard.press('F4')
  await page.getByRole('textbox', { name: '検索' }).fill(number)
  await expect(page.getByTestId('count')).toContainText('1件')
  await page.getByRole('row').nth(1).click()
  await expect(page.getByRole('heading', { level: 1, name: `定期 ${number}` })).toBeVisible()
}

/** The keypad popup takes a card, and closes by itself. */
async function keyCard(pan: string): Promise<void> {
  await desk.page.keyboard.press('F8')
  await dialog().getByText('テンキーの入力を待っています。').waitFor()
  await desk.keypad.key(pan)
}

async function signInAs(email: string): Promise<void> {
  const { page } = desk
  await page.getByRole('button', { name: /さんのメニュー$/ }).click()
  await page.getByRole('menuitem', { name: 'サインアウト' }).click()
  await page.getByLabel('メールアドレス').fill(email)
  await page.getByRole('textbox', { name: 'パスワード' }).fill(SAMPLE.password)
  await page.keyboard.press('Enter')
  await page.getByRole('navigation', { name: 'メニュー' }).waitFor()
}

test('ホーム counts what of 定期 waits for a call, and leads there', async () => {
  const { page } = desk
  await expect(todo()).toContainText('定期の要対応が5件あります')
  await faultless('home-subscriptions')
  await todo().getByRole('button', { name: '要対応を開く' }).click()
  await expect(turns().getByRole('row')).toHaveCount(6)
  await page.getByTestId('count').getByText('5件').waitFor()
})

test('a card that the run was refused is refused again, keyed anew, and the turn is paid', async () => {
  const { page } = desk
  await page.getByText('再試行待ち', { exact: true }).first().click()
  const row = turns().getByRole('row').filter({ hasText: REFUSED_ONCE })
  await expect(row).toContainText('102')
  const tries = (text: string | null) => Number(/¥[\d,]+\s*(\d+)/.exec(text ?? '')?.[1])
  const before = tries(await row.innerText())

  await row.click()
  const pane = page.getByTestId('turn-pane')
  await expect(pane.getByRole('button', { name: /再与信/ })).toBeEnabled()
  await page.keyboard.press('F7')
  await expect(page.getByText('与信が通りませんでした。コード 102')).toBeVisible()
  await expect.poll(async () => tries(await row.innerText())).toBe(before + 1)
  await expect(pane.getByRole('button', { name: /再与信/ })).toBeEnabled()
  await faultless('attention-retrying')
  await keyCard(VISA)
  await expect(dialog()).toHaveCount(0)
  await expect(row).toContainText('下3桁 111')
  await expect(pane.getByRole('button', { name: /再与信/ })).toBeEnabled()
  await page.keyboard.press('F7')
  await expect(page.getByText('与信が完了しました。', { exact: false })).toBeVisible()
  await expect(row).toHaveCount(0)

  // The charge is one of the shop, in the series that begins with the check of the new card.
  const booked = await payments()
  const charge = booked.at(-1)
  const check = booked.findLast(({ initiator }) => initiator === 'customer')
  expect(check).toMatchObject({ state: 'voided' })
  expect(check?.amount).toBeLessThanOrEqual(1)
  expect(charge).toMatchObject({
    state: 'authorized',
    initiator: 'merchant',
    first_transaction_id: check?.transaction_id,
  })
  await openContract(REFUSED_ONCE)
  await expect(page.getByText('有効', { exact: true }).first()).toBeVisible()
  await expect(past().getByText('与信済み', { exact: true }).first()).toBeVisible()
  await expect(past().getByText('与信失敗', { exact: true })).toHaveCount(0)
  const events = page.getByRole('region', { name: '変更履歴' }).getByRole('listitem')
  await expect(events.nth(0)).toContainText('再与信が承認され、決済エラーから回復しました')
  await expect(events.nth(0)).toContainText('練習 花子')
  await expect(events.nth(1)).toContainText('お支払いのカードを登録し直しました')
  await faultless('subscription-recovered')
})

test('定期詳細: a new card by the keypad is only checked while no turn is due', async () => {
  const { page } = desk
  await openContract(PAYS_BY_CARD)
  const before = (await payments()).length
  await facts()
    .getByRole('button', { name: /^変更.*お支払$/ })
    .click()
  await expect(dialog().getByText('代金の与信は行いません。', { exact: false })).toBeVisible()
  await keyCard(JCB)
  await expect(dialog().getByRole('radio', { name: /下3桁 505/ })).toBeChecked()
  await expect(dialog().getByRole('button', { name: '保存', exact: true })).toBeFocused()
  await faultless('subscription-new-card')
  await page.keyboard.press('Enter')
  await expect(dialog()).toHaveCount(0)
  await expect(facts()).toContainText('JCB 下3桁 505')
  const asked = (await payments()).slice(before)
  expect(asked).toHaveLength(1)
  expect(asked[0]).toMatchObject({ initiator: 'customer', state: 'voided' })
  expect(asked[0]?.amount).toBeLessThanOrEqual(1)
  await expect(page.getByText('お支払いのカードを変更しました').first()).toBeVisible()
})

test('定期詳細: with a turn that is due, the new card pays it with the same press', async () => {
  const { page } = desk
  const before = await waiting()
  await openContract(REFUSED_FOR_GOOD)
  await expect(past().getByText('与信失敗', { exact: true }).first()).toBeVisible()
  await facts()
    .getByRole('button', { name: /^変更.*お支払$/ })
    .click()
  await expect(dialog()).toBeVisible()
  await keyCard(JCB)
  await expect(dialog().getByRole('radio', { name: /下3桁 505/ })).toBeChecked()
  await expect(dialog().getByRole('checkbox', { name: /このカードで再与信する/ })).toBeChecked()
  await faultless('subscription-pay-open-turn')
  await dialog().getByRole('button', { name: '保存して再与信' }).click()
  await expect(dialog()).toHaveCount(0)
  await expect(page.getByText('回目の与信が承認されました。', { exact: false })).toBeVisible()
  await expect(past().getByText('与信失敗', { exact: true })).toHaveCount(0)
  expect((await payments()).at(-1)).toMatchObject({ state: 'authorized', initiator: 'merchant' })
  // One less to be called.
  await rail('ホーム').click()
  await expect(todo()).toContainText(`定期の要対応が${before - 1}件あります`)
})

test('決済エラー停止: says what to do; with a new card it is resumed', async () => {
  const { page } = desk
  await page.keyboard.press('F4')
  await page.getByRole('button', { name: /^状態/ }).click()
  await page.getByRole('checkbox', { name: '決済エラー停止' }).check()
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('count')).toContainText('2件')
  await page.getByRole('row').nth(1).click()
  await expect(page.getByText('カードを登録し直してから「再開」を押すと', { exact: false })).toBeVisible()
  await faultless('subscription-payment-stopped')
  await facts()
    .getByRole('button', { name: /^変更.*お支払$/ })
    .click()
  await keyCard(JCB)
  await expect(dialog().getByRole('radio', { name: /下3桁 505/ })).toBeChecked()
  await expect(dialog().getByRole('button', { name: '保存', exact: true })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(dialog()).toHaveCount(0)
  await page.getByRole('button', { name: '再開', exact: true }).click()
  await dialog().getByRole('button', { name: '再開する' }).click()
  await expect(dialog()).toHaveCount(0)
  await expect(page.getByText('有効', { exact: true }).first()).toBeVisible()
  await expect(page.getByTestId('planned-turn')).toHaveCount(12)
  await faultless('subscription-resumed')
})

test('解約 below the minimum: the offer is read; a member of the staff is refused', async () => {
  const { page } = desk
  await rail('設定').click()
  await page.getByRole('link', { name: '定期', exact: true }).click()
  await faultless('settings-subscriptions-notes')
  await page.getByRole('textbox', { name: '解約時のご案内' }).fill('次回のお届けを20%引きにいたします。')
  await page.getByRole('button', { name: '設定を保存' }).click()
  await expect(page.getByText('設定を保存しました。')).toBeVisible()
  await signInAs('staff@example.jp')
  await openContract(BELOW_MINIMUM)
  await page.getByRole('button', { name: '解約', exact: true }).click()
  await expect(dialog().getByText(/最低3回の契約で、あと\d回残っているため、解約できません。/)).toBeVisible()
  await expect(dialog().getByText('権限のある方に依頼してください。', { exact: false })).toBeVisible()
  await expect(dialog().getByText('次回のお届けを20%引きにいたします。')).toBeVisible()
  await expect(dialog().getByRole('button', { name: '解約する' })).toBeDisabled()
  await faultless('subscription-cancel-refused')
  await page.keyboard.press('Escape')
})

test('解約 below the minimum: by permission, with the reason in the history', async () => {
  const { page } = desk
  await signInAs(SAMPLE.email)
  await openContract(BELOW_MINIMUM)
  await page.getByRole('button', { name: '解約', exact: true }).click()
  await dialog().getByText('ご案内した', { exact: true }).click()
  await dialog().getByText('商品が余っている').click()
  await expect(dialog().getByRole('button', { name: '解約する' })).toBeDisabled()
  await dialog().getByRole('textbox', { name: '最低回数に満たずに解約する理由' }).fill('医師の指示による')
  await faultless('subscription-cancel-override')
  await dialog().getByRole('button', { name: '解約する' }).click()
  await expect(dialog()).toHaveCount(0)
  const events = page.getByRole('region', { name: '変更履歴' })
  await expect(events).toContainText('引き留めのご案内済み')
  await expect(events).toContainText('例外として変更。理由: 医師の指示による')
  await expect(page.getByText('これからのお届けはありません。')).toBeVisible()
})

test('the sample shop: what leaves in the next weeks, its figures and who stays', async () => {
  const { page } = desk
  await page.keyboard.press('F4')
  await page.getByRole('link', { name: 'お届け予定', exact: true }).click()
  const needs = page.getByRole('table', { name: '90日の出荷予測' })
  await expect(needs.getByRole('row').nth(5)).toBeVisible()
  await page.getByRole('button', { name: '次の月' }).click()
  await expect(page.locator('button[data-date][aria-pressed=true]')).toContainText(/出荷 [1-9]/)
  await faultless('sample-calendar')
  await page.getByRole('link', { name: '指標', exact: true }).click()
  await expect(page.getByRole('table', { name: '月ごとの推移' }).getByRole('row')).toHaveCount(14)
  await faultless('sample-kpis')
  await page.getByRole('link', { name: '継続率', exact: true }).click()
  await expect(page.getByRole('table', { name: '開始月ごとの継続率' }).getByRole('row').nth(9)).toBeVisible()
  await faultless('sample-retention')
})
