import { expect, test } from '@playwright/test'
import { attackedDesk } from '../support/attacked-desk'

const START = 'app://uketsuke/index.html'
const { at: desk } = attackedDesk()

test('every permission is denied, looked up or asked for', async () => {
  const answers = await desk().page.evaluate(async () => {
    const state = async (name: string) => {
      const asked = await navigator.permissions.query({ name } as unknown as PermissionDescriptor)
      return asked.state
    }
    const names = ['camera', 'microphone', 'geolocation', 'notifications', 'clipboard-read', 'midi']
    const media = await navigator.mediaDevices.getUserMedia({ audio: true, video: true }).then(
      () => 'granted',
      (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
    )
    const place = await new Promise<number>((done) => {
      navigator.geolocation.getCurrentPosition(
        () => done(0),
        (error) => done(error.code),
      )
    })
    const devices = async (kind: string) => {
      const door: unknown = Reflect.get(navigator, kind)
      const list: unknown = door && Reflect.get(Object(door), kind === 'serial' ? 'getPorts' : 'getDevices')
      return typeof list === 'function' ? ((await list.call(door)) as unknown[]).length : 0
    }
    return {
      states: Object.fromEntries(await Promise.all(names.map(async (name) => [name, await state(name)]))),
      notification: await Notification.requestPermission(),
      media,
      place,
      devices: await Promise.all(['hid', 'usb', 'serial'].map(devices)),
    }
  })
  expect(answers.states).toEqual({
    camera: 'denied',
    microphone: 'denied',
    geolocation: 'denied',
    notifications: 'denied',
    'clipboard-read': 'denied',
    midi: 'denied',
  })
  expect(answers).toMatchObject({ notification: 'denied', place: 1 })
  // A computer without camera and microphone says so before anybody is asked.
  expect(['NotAllowedError', 'NotFoundError']).toContain(answers.media)
  expect(answers.devices).toEqual([0, 0, 0])
})

test('a keypad cannot be reached from the page, even with a click behind it', async () => {
  await desk().page.evaluate(() => {
    const button = Object.assign(document.createElement('button'), { id: 'ask', textContent: 'ask' })
    Object.assign(button.style, { position: 'fixed', inset: '200px auto auto 400px', zIndex: '9999' })
    button.addEventListener('click', () => {
      const hid: unknown = Reflect.get(navigator, 'hid')
      const ask: unknown = hid && Reflect.get(Object(hid), 'requestDevice')
      const answer = typeof ask === 'function' ? (ask.call(hid, { filters: [] }) as Promise<unknown[]>) : null
      void Promise.resolve(answer).then(
        (devices) => (button.dataset['answer'] = String(devices?.length ?? 0)),
        () => (button.dataset['answer'] = '0'),
      )
    })
    document.body.append(button)
  })
  await desk().page.locator('#ask').click()
  await expect(desk().page.locator('#ask')).toHaveAttribute('data-answer', '0')
  await desk().page.evaluate(() => document.querySelector('#ask')?.remove())
})

test('the page comes with a policy without inline scripts', async () => {
  const headers = await desk().page.evaluate(async (address) => {
    const answer = await fetch(address)
    return {
      policy: answer.headers.get('content-security-policy'),
      sniff: answer.headers.get('x-content-type-options'),
    }
  }, START)
  const policy = new Map(
    (headers.policy ?? '').split('; ').map((part) => {
      const [name = '', ...values] = part.split(' ')
      return [name, values] as const
    }),
  )
  expect(policy.get('default-src')).toEqual(["'none'"])
  expect(policy.get('script-src')).toEqual(["'self'"])
  expect(policy.get('connect-src')).toEqual(["'self'"])
  expect(policy.get('frame-src')).toEqual(["'none'"])
  expect(policy.get('object-src')).toEqual(["'none'"])
  expect(policy.get('base-uri')).toEqual(["'none'"])
  expect(policy.get('form-action')).toEqual(["'none'"])
  expect(policy.get('style-src')).not.toContain("'unsafe-inline'")
  expect(headers.sniff).toBe('nosniff')
})

test('the app scheme serves nothing but the built pages', async () => {
  const ask = (address: string, method = 'GET') =>
    desk().app.evaluate(
      async ({ session }, [url, how]) =>
        (await session.defaultSession.fetch(url ?? '', { method: how ?? 'GET' })).status,
      [address, method],
    )
  expect(await ask(START)).toBe(200)
  for (const address of [
    'app://uketsuke/../../package.json',
    'app://uketsuke/../main/index.js',
    'app://uketsuke/%2e%2e/main/index.js',
    'app://uketsuke/%2e%2e/%2e%2e/package.json',
    'app://uketsuke/..%2fmain%2findex.js',
    'app://uketsuke/..%5cmain%5cindex.js',
    'app://uketsuke/assets/..%2f..%2fmain%2findex.js',
    'app://uketsuke/%252e%252e/main/index.js',
    'app://uketsuke/index.html%00.js',
    'app://uketsuke/%E0%A4%A',
    'app://uketsuke//etc/passwd',
    'app://uketsuke/',
    'app://evil/index.html',
    'app://uketsuke.evil/index.html',
  ]) {
    expect(await ask(address).catch(() => 'failed'), address).toBe(404)
  }
  expect(await ask(START, 'POST')).toBe(404)
  const fromPage = await desk().page.evaluate(async () => (await fetch('/..%2fmain%2findex.js')).status)
  expect(fromPage).toBe(404)
})
