import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import DatabaseFile from 'better-sqlite3'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { expectFaultless } from '../support/screen-faults'

interface Known {
  id: string
  number: number
  name: string
  orders: string
}

// Each test goes on where the one before ended.
test.describe.configure({ mode: 'serial', timeout: 180_000 })

let desk: DeskUnderTest
let kept: Known
let other: Known
let third: Known

const write = <T>(work: (file: DatabaseFile.Database) => T): T => {
  const file = new DatabaseFile(join(desk.folder, 'desk', 'training.db'))
  try {
    return work(file)
  } finally {
    file.close()
  }
}
const go = (hash: string) =>
  desk.page.evaluate((to) => {
    window.location.hash = to
  }, hash)

/** Three buyers: the second is the first one again, written differently; the third has nothing left open. */
function prepare(file: DatabaseFile.Database): void {
  const found = file
    .prepare<[], Known>(
      `select c.id, c.number, c.family_name || ' ' || c.given_name as name,
         group_concat(o.number) as orders
       from customer c join sales_order o on o.customer_id = c.id
       group by c.id order by c.number limit 3`,
    )
    .all()
  const [one, two, three] = found
  if (!one || !two || !three) throw new Error('no customers')
  ;[kept, other, third] = [one, two, three]
  file
    .prepare(
      `update customer set phone = '0312340000', phone_last4 = '0000', family_kana = a.family_kana,
         given_kana = a.given_kana, postal_code = a.postal_code, prefecture = a.prefecture, city = a.city,
         address = a.address, note = '犬がいます', email = 'second@example.jp'
       from (select * from customer where id = @kept) a where customer.id = @other`,
    )
    .run({ kept: kept.id, other: other.id })
  file
    .prepare(`update customer set phone = '0312340000', phone_last4 = '0000', note = '朝は留守' where id = ?`)
    .run(kept.id)
  file.prepare(`update sales_order set status = 'shipped' where customer_id = ?`).run(third.id)
  file
    .prepare(
      `update payment set status = 'captured'
       where order_id in (select id from sales_order where customer_id = ?)`,
    )
    .run(third.id)
}

test.beforeAll(async () => {
  desk = await openDesk()
  await signIn(desk.page)
  write(prepare)
})
test.afterAll(() => desk.close())

const look = (name: string) => expectFaultless(desk, name)

const pairRow = () => desk.page.getByRole('row').filter({ hasText: String(other.number) })

test('名寄せ is reached from 顧客一覧 and from the palette, and lists the pair', async () => {
  const { page } = desk
  await go('/customers')
  await page.getByRole('link', { name: '名寄せ' }).click()
  await expect(page.getByRole('heading', { name: '名寄せ', level: 1 })).toBeVisible()
  await expect(pairRow()).toContainText(String(kept.number))
  await expect(pairRow()).toContainText('電話番号・住所・カナ')
  await look('duplicates')
  await page.getByRole('link', { name: 'メールアドレスが同じ' }).click()
  await expect(page.getByText('この探し方で見つかる組はありません。')).toBeVisible()
  await go('/')
  await page.keyboard.press('Control+K')
  await page.keyboard.type('なよせ')
  await page.getByRole('option', { name: /名寄せ/ }).waitFor()
  // Enter opens what is found once the search is over.
  await expect(async () => {
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: '名寄せ', level: 1 })).toBeVisible({ timeout: 2000 })
  }).toPass()
})

test('a pair is compared and merged by keyboard, and the kept customer has the orders of both', async () => {
  const { page } = desk
  await pairRow().focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: '顧客の統合' })).toBeVisible()
  await expect(page.getByText(/^注文 \d+件/)).toBeVisible()
  const name = page.getByTestId('choice-name').getByRole('radio')
  await expect(name.first()).toBeChecked()
  await expect(page.getByRole('radio', { name: '両方を残す' })).toBeChecked()
  await look('merge')
  await name.first().focus()
  await page.keyboard.press('ArrowRight')
  await expect(name.last()).toBeChecked()
  await page.getByRole('button', { name: '統合する' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: `${other.name} 様` })).toBeVisible()
  await expect(page.getByLabel('メモ')).toHaveValue('朝は留守\n犬がいます')
  await page.getByRole('link', { name: '注文', exact: true }).click()
  for (const number of [...kept.orders.split(','), ...other.orders.split(',')])
    await expect(page.getByRole('link', { name: number, exact: true })).toBeVisible()
})

test('number and link of the merged customer lead to the kept one', async () => {
  const { page } = desk
  await go(`/customers/${other.id}`)
  await expect(page.getByText('統合された顧客です。統合先の顧客を表示しています。')).toBeVisible()
  await expect(page.getByText(`顧客番号 ${kept.number}`, { exact: false }).first()).toBeVisible()
  await go('/customers')
  await page.getByLabel('検索', { exact: true }).fill(String(other.number))
  await expect(page.getByRole('row').filter({ hasText: String(kept.number) })).toBeVisible()
})

test('a merge is taken back: both are there again', async () => {
  const { page } = desk
  await go(`/customers/${kept.id}`)
  await expect(page.getByTestId('merge')).toContainText(String(other.number))
  await page.getByRole('button', { name: `顧客番号 ${other.number} の統合を取り消す` }).click()
  const dialog = page.getByRole('dialog', { name: '統合を取り消しますか?' })
  await expect(dialog).toContainText(/注文 \d+件/)
  await look('merge-undo')
  await dialog.getByRole('button', { name: '統合を取り消す' }).click()
  await expect(page.getByText('統合を取り消しました。', { exact: false })).toBeVisible()
  await expect(page.getByRole('heading', { name: `${kept.name} 様` })).toBeVisible()
  await expect(page.getByTestId('merge')).toContainText('取り消し済みです。')
  await expect(page.getByTestId('candidate')).toContainText(other.name)
  await look('customer-duplicates')
  await go(`/customers/${other.id}`)
  await expect(page.getByRole('heading', { name: `${other.name} 様` })).toBeVisible()
})

test('別人 takes the pair off the list, and comes back', async () => {
  const { page } = desk
  await go(`/customers/${kept.id}/merge/${other.id}`)
  await page.getByRole('button', { name: '別人として記録' }).click()
  await expect(page.getByText('別人として記録しました。', { exact: false })).toBeVisible()
  await expect(page.getByRole('heading', { name: '名寄せ', level: 1 })).toBeVisible()
  await expect(pairRow()).toHaveCount(0)
  await page.getByRole('button', { name: '元に戻す' }).click()
  await expect(pairRow()).toHaveCount(1)
})

test('顧客を削除する: what stands in the way is said; else everything personal goes, with a reason', async () => {
  const { page } = desk
  const dialog = page.getByRole('dialog', { name: '顧客を削除しますか?' })
  write((file) => file.prepare(`update sales_order set status = 'new' where customer_id = ?`).run(kept.id))
  await go(`/customers/${kept.id}`)
  await page.getByRole('button', { name: '顧客を削除する' }).click()
  await expect(dialog.getByRole('alert')).toContainText('発送も取消しもしていない注文があります。')
  await expect(dialog.getByRole('button', { name: '削除する', exact: true })).toBeDisabled()
  await page.keyboard.press('Escape')
  await go(`/customers/${third.id}`)
  await page.getByRole('button', { name: '顧客を削除する' }).click()
  await expect(dialog).toContainText('7年')
  await look('anonymise')
  await dialog.getByLabel('削除の理由').fill('ご本人からの依頼')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: '匿名化済み 様' })).toBeVisible()
  await expect(page.getByText('この顧客は削除(匿名化)されています。', { exact: false })).toBeVisible()
  for (const number of third.orders.split(','))
    await expect(page.getByRole('link', { name: number, exact: true })).toBeVisible()
  await look('anonymised')
})
