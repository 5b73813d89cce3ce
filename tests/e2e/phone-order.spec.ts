import { expect, test } from '@playwright/test'
import { openDesk, signIn } from '../support/desk'

test('smoke', async () => {
  const desk = await openDesk()
  const { page } = desk
  page.on('console', (m) => console.log('console', m.text()))
  page.on('pageerror', (m) => console.log('pageerror', m.message))
  await signIn(page)
  await page.screenshot({ path: '/tmp/shots/home.png' })
  await page.keyboard.press('F2')
  await page.waitForTimeout(1500)
  await page.screenshot({ path: '/tmp/shots/checkout.png' })
  await desk.close()
  expect(1).toBe(1)
})
