import { expect, test } from '@playwright/test'
import { join } from 'node:path'
import DatabaseFile from 'better-sqlite3'
import { openDesk, SAMPLE, signIn, type DeskUnderTest } from '../support/desk'
import { operator } from '../support/operator'

const VISA = '4111111111111111'

test.describe('power cuts', () => {
  let desk: DeskUnderTest
  test.beforeAll(async () => {
    desk = await openDesk({ sample: 'fresh' })
    await signIn(desk.page)
  })
  test.afterAll(() => desk.close())

  test('a half-typed order is offered again after a kill, with everything in it', async () => {
    const at = operator(desk.page)
    await at.newOrderFor('サトウ カズコ')
    await at.addProduct('A101', 3)
    await expect(desk.page.getByText(/下書き保存済み/)).toBeVisible()
    await expect(desk.page.getByTestId('total')).toHaveText(/¥9,720/)
    await desk.kill()
    await desk.restart()
    await signIn(desk.page)
    await desk.page.getByRole('button', { name: /再開/ }).first().click()
    await expect(desk.page.getByRole('textbox', { name: '黒酢しょうが粒(30日分)の数量' })).toHaveValue('3')
  })

  test('killed while the service is booking: the charge is found again, and there is one', async () => {
    const at = operator(desk.page)
    await at.openKeypad()
    await desk.keypad.key(VISA)
    await at.cardIs('111')
    await desk.acquirer.fault('authorize', { kind: 'answer-late' })
    await at.proceed()
    await expect.poll(async () => (await desk.acquirer.books()).payments.length).toBe(1)
    await desk.kill()
    await desk.acquirer.clear()
    await desk.restart()
    await signIn(desk.page)
    await desk.page.getByRole('button', { name: /再開/ }).first().click()
    await operator(desk.page).readBackIsOpen()
    await operator(desk.page).readAloudAndConfirm()
    expect((await desk.acquirer.books()).payments).toMatchObject([{ state: 'authorized' }])
  })

  test('a service that refuses connections keeps the form and charges nothing', async () => {
    const at = operator(desk.page)
    await at.newOrderFor('サトウ カズコ')
    await at.addProduct('A101')
    await at.openKeypad()
    await desk.keypad.key(VISA)
    await at.cardIs('111')
    await desk.acquirer.listen(false)
    await at.proceed()
    const panel = desk.page.getByRole('alert', { name: '手続きのエラー' })
    await expect(panel.getByText('一時的なエラーが発生しました。', { exact: false })).toBeVisible()
    await desk.acquirer.listen(true)
    await at.proceed()
    await at.readBackIsOpen()
    await at.readAloudAndConfirm()
  })
})

test.describe('the first run', () => {
  let desk: DeskUnderTest
  test.beforeAll(async () => {
    desk = await openDesk({ sample: false })
  })
  test.afterAll(() => desk.close())

  test('asks for shop, admin and a sound password, and opens the desk', async () => {
    const { page } = desk
    await expect(page.getByRole('heading', { name: '初期設定' })).toBeVisible()
    await page.getByRole('textbox', { name: 'ショップ名' }).fill('ためし通販')
    await page.getByRole('textbox', { name: '管理者のお名前' }).fill('管理 花子')
    await page.getByRole('textbox', { name: /メールアドレス/ }).fill('boss@example.jp')
    await page.getByRole('textbox', { name: /パスワード/ }).fill('short')
    await page.getByRole('button', { name: '登録してはじめる' }).click()
    await expect(page.getByRole('heading', { name: '初期設定' })).toBeVisible()
    await expect(page.getByText('下の条件をすべて満たすパスワードを入力してください。')).toBeVisible()
    await page.getByRole('textbox', { name: /パスワード/ }).fill('Sound-Password-12')
    await page.getByRole('button', { name: '登録してはじめる' }).click()
    await page.getByRole('navigation', { name: 'メニュー' }).waitFor()
    await expect(page.getByText('ためし通販')).toBeVisible()
  })
})

test.describe('sign-in, settings, and a start that must not happen', () => {
  let desk: DeskUnderTest
  test.beforeAll(async () => {
    desk = await openDesk()
  })
  test.afterAll(() => desk.close())

  test('five wrong passwords lock the account', async () => {
    const { page } = desk
    await page.getByLabel('メールアドレス').fill('staff@example.jp')
    for (let tries = 1; tries <= 5; tries++) {
      await page.getByRole('textbox', { name: 'パスワード' }).fill(`Wrong-Password-${tries}`)
      await page.keyboard.press('Enter')
      if (tries < 5) await expect(page.getByText(`あと${5 - tries}回`, { exact: false })).toBeVisible()
    }
    await expect(page.getByText('ロックされています', { exact: false })).toBeVisible()
    await page.getByRole('textbox', { name: 'パスワード' }).fill(SAMPLE.password)
    await page.keyboard.press('Enter')
    await expect(page.getByText('ロックされています', { exact: false })).toBeVisible()
  })

  test('Ctrl+L locks the screen and the password opens it where it was', async () => {
    const { page } = desk
    await page.reload()
    await signIn(page)
    await page.keyboard.press('F2')
    await page.getByTestId('checkout-stage-editing').waitFor()
    await page.keyboard.press('Control+l')
    await page.getByRole('textbox', { name: 'パスワード' }).fill(SAMPLE.password)
    await page.keyboard.press('Enter')
    await expect(page.getByTestId('checkout-stage-editing')).toBeVisible()
  })

  test('a refused port is named, a public address is not accepted, OFF says so in the order', async () => {
    const { page } = desk
    await page.getByRole('link', { name: '設定', exact: true }).click()
    const host = page.getByRole('textbox', { name: 'プライベートIP' })
    await host.waitFor()
    await page.getByRole('button', { name: '接続テスト' }).click()
    await expect(page.getByText('TEST000001', { exact: false }).first()).toBeVisible()
    const port = page.getByRole('textbox', { name: 'ポート番号' })
    await port.fill('9')
    await page.getByRole('button', { name: '接続テスト' }).click()
    await expect(page.getByText('ポート 9 で接続を断られました。', { exact: false })).toBeVisible()
    await host.fill('8.8.8.8')
    await page.getByRole('button', { name: '設定を保存' }).click()
    await expect(
      page.getByText('プライベートIPアドレスを入力してください。', { exact: false }).first(),
    ).toBeVisible()
    await page.getByRole('button', { name: '既定値に戻す' }).click()
    await page.getByRole('switch', { name: 'テンキーパッド入力' }).setChecked(false)
    await page.getByRole('button', { name: '設定を保存' }).click()
    await expect(page.getByTestId('keypad-lamp')).toHaveAttribute('data-state', 'off')
    await page.keyboard.press('F2')
    await page.getByTestId('checkout-stage-editing').waitFor()
    await page.getByRole('radio', { name: 'カード(テンキー)' }).check({ force: true })
    await expect(page.getByText('テンキーパッド入力がOFFです', { exact: false }).first()).toBeVisible()
  })

  test('a database of a newer program stops the start with a clear screen and stays untouched', async () => {
    await desk.kill()
    const file = new DatabaseFile(join(desk.folder, 'desk', 'training.db'))
    file.prepare('insert into kysely_migration (name, timestamp) values (?, ?)').run('9999-future', 'later')
    const count = () => file.prepare<[], { n: number }>('select count(*) n from sales_order').get()?.n
    expect(count()).toBe(200)
    await desk.restart()
    await expect
      .poll(async () => {
        const texts = desk.app.windows().map((page) =>
          page
            .locator('body')
            .innerText()
            .catch(() => ''),
        )
        return (await Promise.all(texts)).join(' ')
      })
      .toMatch(/より新しい版のプログラムで使われています[\s\S]*データには触れていません[\s\S]*サポートコード/)
    expect(count()).toBe(200)
    file.close()
  })
})
