import { expect, test } from '@playwright/test'
import { queueMail } from '../../src/main/checkout/subscription-mail'
import { connect } from '../../src/main/db/open-database'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { postgresPlace, type DatabasePlace } from '../support/postgres-place'
import { expectFaultless } from '../support/screen-faults'
import { startSmtp, type SmtpProcess } from '../support/smtp'
import { contractRow, insertContracts, owners } from '../support/subscription-rows'

const server = process.env['UKETSUKE_TEST_PG_URL']
/** So many days from now, as a plain date. */
const later = (days: number): string =>
  new Date(Date.now() + (days * 24 + 9) * 60 * 60_000).toISOString().slice(0, 10)

test.describe.configure({ mode: 'serial', timeout: 120_000 })

test.describe('お客様へのメール', () => {
  test.skip(server === undefined, 'SKIPPED: UKETSUKE_TEST_PG_URL is not set')
  let place: DatabasePlace
  let desk: DeskUnderTest
  let smtp: SmtpProcess
  test.beforeAll(async () => {
    test.setTimeout(180_000)
    place = await postgresPlace(server ?? '')
    if (place.config.kind !== 'postgres') throw new Error('no server')
    smtp = await startSmtp({})
    desk = await openDesk({ shared: { url: place.config.url, seatName: '1番席' } })
    await desk.page.getByLabel('メールアドレス').waitFor()
    await signIn(desk.page)
  })
  test.afterAll(async () => {
    await smtp.stop()
    await desk.close()
    await place.drop()
  })

  const faultless = (name: string) => expectFaultless(desk, name)
  const openMails = async () => {
    await desk.page.keyboard.press('F4')
    await desk.page.getByRole('link', { name: 'メール送信' }).click()
  }

  /** Contracts of the first three customers, and a mail of each: reachable, without address, without consent. */
  async function plantMails(): Promise<void> {
    const database = await connect(place.config)
    const { db } = database
    const admin = await db
      .selectFrom('staff_user')
      .innerJoin('shop', 'shop.id', 'staff_user.shop_id')
      .select(['staff_user.id', 'staff_user.name', 'shop.id as shopId', 'shop.name as shopName'])
      .where('role', '=', 'admin')
      .executeTakeFirstOrThrow()
    const shop = { id: admin.shopId, name: admin.shopName }
    const owner = await owners(database, { id: admin.id, name: admin.name, shop })
    const customers = await db.selectFrom('customer').select('id').orderBy('number').limit(4).execute()
    const reach = [
      { email: 'hanako.long-name-of-a-mailbox@mail.example.jp', mail_consent: 'yes' },
      { email: null, mail_consent: 'unknown' },
      { email: 'ichiro@example.jp', mail_consent: 'no' },
      { email: 'jiro@example.jp', mail_consent: 'unknown' },
    ] as const
    for (const [at, { id }] of customers.entries()) {
      await db
        .updateTable('customer')
        .set(reach[at] ?? {})
        .where('id', '=', id)
        .execute()
    }
    const rows = customers.map(({ id }, at) =>
      contractRow(owner, {
        number: 790_001 + at,
        customer_id: id,
        rule: JSON.stringify({ kind: 'months', every: 1, day: 10 }),
        anchor: later(20),
        payment_method: 'cod',
        next_turn: 3,
        next_ship_on: later(18),
        next_deliver_on: later(20),
        next_generate_on: later(15),
        change_until: later(13),
      }),
    )
    await insertContracts(database, rows)
    const clock = { now: () => Date.now() }
    await database.batch(
      rows.map(({ id = '' }) =>
        queueMail(
          { database, clock },
          {
            kind: 'change-deadline',
            key: `change-deadline:${id}:3`,
            subscriptionId: id,
            cycleId: null,
            turn: 3,
          },
        ),
      ),
    )
    await database.close()
  }

  test('nothing is sent until the shop says so; the list says so and leads there', async () => {
    const { page } = desk
    await openMails()
    await expect(page.getByTestId('mail-queue')).toContainText('どの種類も「送らない」設定です。')
    await faultless('customer-mails-empty')
    await page.getByTestId('mail-queue').getByRole('link', { name: 'メールの設定' }).click()
    await expect(page.getByRole('heading', { level: 1, name: /お客様へのメール/ })).toBeVisible()
  })

  test('a text is changed with a look at it, a wrong name is told, and the standard comes back', async () => {
    const { page } = desk
    await page.getByRole('button', { name: /^変更期限/ }).click()
    await expect(page.getByTestId('mail-preview')).toContainText('山田 花子 様')
    const body = page.getByRole('textbox', { name: '本文' })
    await body.fill('{お客様名} 様\n{カード番号}')
    await expect(page.getByTestId('mail-preview')).toContainText('使えない差し込みがあります: {カード番号}')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await expect(page.getByText('このメールで使えない差し込みがあります: {カード番号}').first()).toBeVisible()
    await body.fill('期限は')
    await body.press('End')
    await page.getByRole('button', { name: '{変更期限}' }).click()
    await expect(body).toHaveValue('期限は{変更期限}')
    await page.getByRole('button', { name: /^カードの確認のお願い/ }).click()
    await expect(page.getByText('先に保存するか、元に戻してください。', { exact: false })).toBeVisible()
    await page.getByRole('button', { name: '標準の文面に戻す' }).click()
    await expect(body).toHaveValue(/変更がなければ、ご連絡は不要です。/)
    await page.getByRole('switch', { name: 'このメールを送る' }).setChecked(true)
    await faultless('customer-mails-settings')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await expect(page.getByText('メールの設定を保存しました。')).toBeVisible()
    await expect(page.getByRole('button', { name: /^変更期限/ })).toContainText('送る')
  })

  test('without a mail server they wait; who cannot be written to is called', async () => {
    const { page } = desk
    // ホーム is open meanwhile: it counts them by itself.
    const home = page.getByRole('navigation', { name: 'メニュー' }).getByRole('link', { name: 'ホーム' })
    await home.click()
    await plantMails()
    const todo = page.getByRole('listitem').filter({ hasText: '電話での連絡を待っている定期が2件あります' })
    await expect(todo).toBeVisible({ timeout: 45_000 })
    await openMails()
    await expect(page.getByTestId('count')).toContainText('4')
    await expect(page.getByTestId('mail-queue')).toContainText('送信サーバーが設定されていない')
    await expect(page.getByTestId('mail-queue')).toContainText('電話で連絡 2件')
    await faultless('customer-mails')
    await home.click()
    await todo.getByRole('button', { name: 'メール送信を開く' }).click()
    await expect(page.getByTestId('count')).toContainText('2')
    await page.getByRole('row').nth(1).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByTestId('mail-state')).toHaveAttribute('data-state', 'phone')
    await faultless('customer-mails-phone')
    await dialog.getByRole('button', { name: '連絡済みにする' }).click()
    await expect(dialog.getByTestId('mail-state')).toHaveAttribute('data-state', 'called')
    await page.keyboard.press('Escape')
    await expect(page.getByTestId('count')).toContainText('1')
    await expect(page).toHaveURL(/state=phone/)
  })

  test('with one they go out: the text as it was shown, once, and in 対応履歴; one is taken back', async () => {
    const { page } = desk
    await page.getByRole('button', { name: '条件を解除' }).click()
    await page.getByRole('row').filter({ hasText: '790004' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: '送信を取り消す' }).click()
    await expect(dialog.getByTestId('mail-state')).toHaveAttribute('data-state', 'cancelled')
    await page.keyboard.press('Escape')

    await page.getByTestId('mail-queue').getByRole('link', { name: '送信サーバーの設定' }).click()
    await page.getByLabel('送信元アドレス').fill('shop@example.jp')
    await page.getByLabel('送信サーバー(SMTP)').fill('127.0.0.1')
    await page.getByRole('combobox', { name: '暗号化' }).click()
    await page.getByRole('option', { name: 'なし' }).click()
    await page.getByLabel('ポート番号').fill(String(smtp.port))
    await page.getByRole('button', { name: '設定を保存' }).click()
    await expect(page.getByText('申込メールの設定を保存しました。')).toBeVisible()

    await openMails()
    await page.getByRole('row').filter({ hasText: '790001' }).click()
    await expect(dialog.getByRole('region', { name: '本文' })).toContainText('変更期限:')
    const state = dialog.getByTestId('mail-state')
    if ((await state.getAttribute('data-state')) === 'waiting') {
      await dialog.getByRole('button', { name: '今すぐ送る' }).click()
    }
    await expect(state).toHaveAttribute('data-state', 'sent')
    expect(await smtp.mails()).toHaveLength(1)
    await faultless('customer-mails-sent')
    await dialog.getByRole('link', { name: /\S/ }).first().click()
    const contact = page.getByTestId('contact').first()
    await expect(contact).toContainText('メール / 発信 / 定期購入')
    await expect(contact).toContainText('変更期限のご案内')
  })
})
