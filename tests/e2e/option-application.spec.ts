import { expect, test } from '@playwright/test'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { startSmtp, type SmtpProcess } from '../support/smtp'

test.describe('the application to the provider', () => {
  let desk: DeskUnderTest
  let smtp: SmtpProcess
  test.beforeAll(async () => {
    desk = await openDesk()
    smtp = await startSmtp({ user: 'desk', password: 'smtp-himitsu-9' })
    await signIn(desk.page)
  })
  test.afterAll(async () => {
    await smtp.stop()
    await desk.close()
  })

  test('there is no confirming before the mail server is set up, and the password is not shown again', async () => {
    const { page } = desk
    await page.getByRole('link', { name: '設定', exact: true }).click()
    await page.getByRole('link', { name: 'オプション申込' }).click()
    await expect(page.getByTestId('option-state')).toHaveAttribute('data-state', 'not-applied')
    await page.getByRole('checkbox', { name: '利用する' }).check()
    await expect(page.getByRole('button', { name: '確認', exact: true })).toBeDisabled()
    await page.getByLabel('提供元の受付アドレス').fill('provider@example.jp')
    await page.getByLabel('送信元アドレス').fill('shop@example.jp')
    await page.getByLabel('送信サーバー(SMTP)').fill('127.0.0.1')
    await page.getByRole('combobox', { name: '暗号化' }).click()
    await page.getByRole('option', { name: 'なし' }).click()
    await page.getByLabel('ポート番号').fill(String(smtp.port))
    await page.getByLabel('ユーザー名').fill('desk')
    await page.getByLabel('パスワード', { exact: true }).fill('wrong')
    await page.getByRole('button', { name: '送信テスト' }).click()
    await expect(page.getByText('送信サーバーにサインインできません。', { exact: false })).toBeVisible()
    await page.getByLabel('パスワード', { exact: true }).fill('smtp-himitsu-9')
    await page.getByRole('button', { name: '送信テスト' }).click()
    await expect(page.getByText('送信サーバーにつながりました。')).toBeVisible()
    await page.getByRole('button', { name: '設定を保存' }).click()
    await expect(page.getByText('申込メールの設定を保存しました。')).toBeVisible()
    await expect(page.getByLabel('パスワード', { exact: true })).toHaveValue('')
    await expect(page.getByText('保存済みです。', { exact: false })).toBeVisible()
    expect(await page.content()).not.toContain('smtp-himitsu-9')
  })

  test('利用する → 確認 → 確定 sends one mail; the answer is noted; 停止 and 再申込', async () => {
    const { page } = desk
    await page.getByLabel('提供元への連絡事項(任意)').fill('本店の2席で使います。')
    await page.getByRole('button', { name: '確認', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: '申込内容の確認' })
    await expect(dialog).toContainText('provider@example.jp')
    await expect(dialog).toContainText('本店の2席で使います。')
    expect(await smtp.mails()).toHaveLength(0)
    await dialog.getByRole('button', { name: '確定' }).click()
    await expect(page.getByTestId('option-state')).toHaveAttribute('data-state', 'applied')
    await expect(page.getByTestId('mail-state')).toHaveAttribute('data-state', 'sent')
    expect(await smtp.mails()).toHaveLength(1)
    await page.getByRole('button', { name: '回答を記録' }).click()
    await page.getByLabel('回答の内容(受付番号・利用開始日など)').fill('受付番号 R-1024')
    await page.getByRole('button', { name: '記録して利用中にする' }).click()
    await expect(page.getByTestId('option-state')).toHaveAttribute('data-state', 'in-use')
    await expect(page.getByRole('row').filter({ hasText: '受付番号 R-1024' })).toContainText(
      '申込中 → 利用中',
    )
    await page.getByRole('button', { name: '停止', exact: true }).click()
    await page.getByRole('button', { name: '停止する' }).click()
    await expect(page.getByTestId('option-state')).toHaveAttribute('data-state', 'stopped')
    await expect(page.getByRole('checkbox', { name: '利用する' })).toBeVisible()
  })

  test('a mail that cannot go out stays, says why, stands on ホーム, and goes out by 再送', async () => {
    const { page } = desk
    await smtp.stop()
    await page.getByRole('checkbox', { name: '利用する' }).check()
    await page.getByRole('button', { name: '確認', exact: true }).click()
    await page.getByRole('button', { name: '確定' }).click()
    await expect(page.getByText('送信サーバーにつながりません。', { exact: false })).toBeVisible()
    await page.getByRole('link', { name: 'ホーム' }).click()
    await expect(
      page.getByText('テンキーサービスの申込メールを送れていません。', { exact: false }),
    ).toBeVisible()
    smtp = await startSmtp({ user: 'desk', password: 'smtp-himitsu-9' })
    await page.getByRole('button', { name: 'オプション申込を開く' }).click()
    await page.getByLabel('ポート番号').fill(String(smtp.port))
    await page.getByRole('button', { name: '設定を保存' }).click()
    await expect(page.getByText('申込メールの設定を保存しました。')).toBeVisible()
    await page.getByRole('button', { name: '再送' }).click()
    await expect(page.getByTestId('mail-state')).toHaveAttribute('data-state', 'sent')
    expect(await smtp.mails()).toHaveLength(1)
  })

  test('テンキーパッド入力 OFF: every menu says so, other ways to pay are offered, and nothing takes a number', async () => {
    const { page } = desk
    await page.getByRole('link', { name: '設定', exact: true }).click()
    await page.getByRole('switch', { name: 'テンキーパッド入力' }).setChecked(false)
    await page.getByRole('button', { name: '設定を保存' }).click()
    await expect(page.getByTestId('keypad-lamp')).toHaveAttribute('data-state', 'off')

    await page.keyboard.press('F2')
    await page.getByTestId('checkout-stage-editing').waitFor()
    await page.getByRole('radio', { name: 'カード(テンキー)' }).check({ force: true })
    await expect(page.getByText('テンキーパッド入力がOFFです', { exact: false }).first()).toBeVisible()
    await expect(
      page.getByText('代引・後払い・銀行振込をご利用いただけます。', { exact: false }),
    ).toBeVisible()
    await expect(page.locator('[data-path="payment.cardId"][aria-keyshortcuts=F8]')).toBeDisabled()
    await page.keyboard.press('F8')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    const fields = page.getByRole('textbox').or(page.getByRole('spinbutton'))
    for (const field of await fields.all()) {
      const name = await field.evaluate(
        (element: HTMLInputElement) =>
          `${element.labels?.[0]?.textContent ?? ''}${element.getAttribute('aria-label') ?? ''}${element.placeholder} ${element.autocomplete}`,
      )
      expect(name).not.toMatch(/カード|card|cc-|有効期限|CVC/i)
    }

    await page.getByRole('link', { name: '顧客一覧' }).click()
    await page.getByRole('row').nth(1).click()
    await expect(page.getByText('テンキーパッド入力がOFFのため', { exact: false })).toBeVisible()
    await expect(page.getByRole('button', { name: 'テンキーで登録' })).toBeDisabled()

    const offersNoKeypad = async () => {
      await page.getByRole('radio', { name: 'カード(テンキー)' }).check({ force: true })
      await expect(page.getByText('テンキーパッド入力がOFFです', { exact: false }).first()).toBeVisible()
      await expect(page.locator('[data-path="payment.cardId"][aria-keyshortcuts=F8]')).toBeDisabled()
      await page.keyboard.press('F8')
      await expect(page.getByRole('dialog')).toHaveCount(0)
    }
    await page.getByRole('link', { name: '注文一覧' }).click()
    await page.getByRole('row').filter({ hasText: '新規受付' }).first().dblclick()
    await page.getByRole('button', { name: '注文を変更' }).click()
    await page.getByRole('heading', { name: /^注文 \d+ の変更$/ }).waitFor()
    await offersNoKeypad()
    await page.keyboard.press('Control+F2')
    await page.getByRole('heading', { name: '定期登録' }).waitFor()
    await offersNoKeypad()
  })
})

test.describe('a production desk', () => {
  let desk: DeskUnderTest
  test.beforeAll(async () => {
    desk = await openDesk({ sample: false })
  })
  test.afterAll(() => desk.close())

  test('without a contract says so at the card button and keys no card', async () => {
    const { page } = desk
    await page.getByRole('radio', { name: /本番/ }).check({ force: true })
    await page.getByRole('textbox', { name: 'ショップ名' }).fill('ためし通販')
    await page.getByRole('textbox', { name: '管理者のお名前' }).fill('管理 花子')
    await page.getByRole('textbox', { name: /メールアドレス/ }).fill('boss@example.jp')
    await page.getByRole('textbox', { name: /パスワード/ }).fill('Sound-Password-12')
    await page.getByRole('button', { name: '登録してはじめる' }).click()
    await page.getByRole('navigation', { name: 'メニュー' }).waitFor()
    await page.keyboard.press('F2')
    await page.getByTestId('checkout-stage-editing').waitFor()
    await page.getByRole('radio', { name: 'カード(テンキー)' }).check({ force: true })
    await expect(page.getByText('テンキーサービスが未申込です。', { exact: false })).toBeVisible()
    await expect(page.locator('[data-path="payment.cardId"][aria-keyshortcuts=F8]')).toBeDisabled()
    await page.keyboard.press('F8')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  })
})
