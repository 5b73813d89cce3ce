import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { openDesk, signIn, type DeskUnderTest } from '../support/desk'
import { operator } from '../support/operator'

const SHOTS = resolve(import.meta.dirname, '../../out/screens')
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** A layout may move by less than this while a screen loads (CLS; 0.1 is what the web calls good). */
const MAX_SHIFT = 0.02

const SIZES = [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
] as const

let desk: DeskUnderTest

test.beforeAll(async () => {
  mkdirSync(SHOTS, { recursive: true })
  desk = await openDesk()
})
test.afterAll(() => desk.close())

async function resize(width: number, height: number): Promise<void> {
  await desk.app.evaluate(
    ({ BrowserWindow }, [x = 0, y = 0]) => BrowserWindow.getAllWindows()[0]?.setContentSize(x, y),
    [width, height],
  )
  // A screen of just this size keeps one pixel for itself.
  await expect
    .poll(() =>
      desk.page.evaluate(
        ([x = 0, y = 0]) => Math.max(Math.abs(window.innerWidth - x), Math.abs(window.innerHeight - y)),
        [width, height],
      ),
    )
    .toBeLessThanOrEqual(1)
}

/** Nothing is being loaded or moved any more: no skeletons, no running transitions, fonts are there. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(async () => {
    await document.fonts.ready
    const moving = document.getAnimations().filter((one) => {
      const { iterations } = one.effect?.getComputedTiming() ?? {}
      return one.playState === 'running' && iterations !== Infinity
    })
    const loading = document.querySelector('.mantine-Skeleton-root[data-visible], .mantine-Loader-root')
    return moving.length === 0 && loading === null
  })
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(null)))),
  )
}

/** Counts layout shifts from now on, or since the page was loaded; those within half a second of a person's input left out. */
async function watchShifts(
  page: Page,
  sinceLoad: boolean,
): Promise<() => Promise<{ sum: number; moved: string[] }>> {
  await page.evaluate((whole) => {
    const found: { value: number; moved: string[] }[] = []
    Reflect.set(window, 'shiftsForTest', found)
    const note = (entries: PerformanceEntryList) => {
      for (const entry of entries) {
        if (!('value' in entry) || !('hadRecentInput' in entry) || entry.hadRecentInput) continue
        const sources: unknown = 'sources' in entry ? entry.sources : []
        const moved = (Array.isArray(sources) ? sources : []).map((source: { node: Node | null }) => {
          const node = source.node
          return node instanceof Element ? `${node.tagName}.${node.className}` : String(node?.nodeName)
        })
        found.push({ value: Number(entry.value), moved })
      }
    }
    const observer = new PerformanceObserver((list) => note(list.getEntries()))
    observer.observe({ type: 'layout-shift', buffered: whole })
    Reflect.set(window, 'endShiftsForTest', () => note(observer.takeRecords()))
  }, sinceLoad)
  return () =>
    page.evaluate(() => {
      const end: unknown = Reflect.get(window, 'endShiftsForTest')
      if (typeof end === 'function') end()
      const found = Reflect.get(window, 'shiftsForTest') as { value: number; moved: string[] }[]
      return {
        sum: found.reduce((sum, { value }) => sum + value, 0),
        moved: found.flatMap(({ value, moved }) => moved.map((name) => `${name} (${value.toFixed(4)})`)),
      }
    })
}

/** What is wrong with the screen as it is laid out now, in words that lead to the element. */
function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = []
    const nameOf = (element: Element) => {
      const text = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 30)
      const id = element.id === '' ? '' : `#${element.id}`
      return `${element.tagName.toLowerCase()}${id}.${[...element.classList].join('.')} "${text}"`
    }
    const shown = (element: Element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      element.closest('.visuallyHidden, [aria-hidden="true"], [inert]') === null
    const root = document.documentElement
    if (root.scrollWidth > root.clientWidth)
      faults.push(`the page is ${root.scrollWidth - root.clientWidth} px too wide`)
    if (root.scrollHeight > root.clientHeight)
      faults.push(`the page is ${root.scrollHeight - root.clientHeight} px too high`)

    for (const element of document.body.querySelectorAll('*')) {
      if (!(element instanceof HTMLElement) || !shown(element)) continue
      const style = getComputedStyle(element)
      const { width, height } = element.getBoundingClientRect()
      if (width <= 1 || height <= 1) continue
      const words = [...element.childNodes].some(
        (node) => node.nodeType === Node.TEXT_NODE && (node.textContent ?? '').trim() !== '',
      )
      const hides = style.overflowX === 'hidden' || style.overflowX === 'clip'
      if (hides && element.scrollWidth > element.clientWidth + 1) {
        // Shortened on purpose: the whole text is then a title away.
        const whole = element.closest('[title]')?.getAttribute('title') ?? ''
        const cut = element.scrollWidth - element.clientWidth
        if (style.textOverflow !== 'ellipsis') faults.push(`cut by ${cut} px: ${nameOf(element)}`)
        else if (whole === '') faults.push(`shortened by ${cut} px without a title: ${nameOf(element)}`)
      }
      const hidesDown = style.overflowY === 'hidden' || style.overflowY === 'clip'
      if (words && hidesDown && element.scrollHeight > element.clientHeight + 2)
        faults.push(`cut in height by ${element.scrollHeight - element.clientHeight} px: ${nameOf(element)}`)
    }

    const targets = 'a[href], button, input, select, textarea, [role="option"], [role="tab"], [tabindex="0"]'
    for (const element of document.body.querySelectorAll(targets)) {
      if (!(element instanceof HTMLElement) || !shown(element) || element.matches(':disabled')) continue
      // A link within a sentence may be as high as its line (WCAG 2.5.8, exception "inline").
      if (element.tagName === 'A' && getComputedStyle(element).display === 'inline') continue
      const label = element instanceof HTMLInputElement ? element.labels?.[0] : null
      const boxes = [element, ...(label ? [label] : [])].map((one) => one.getBoundingClientRect())
      if (boxes[0]?.width === 0 || boxes[0]?.height === 0) continue
      if (!boxes.some(({ width, height }) => width >= 23.99 && height >= 23.99)) {
        const size = boxes.map((box) => `${box.width.toFixed(1)}×${box.height.toFixed(1)}`).join(', ')
        faults.push(`target of ${size} px: ${nameOf(element)}`)
      }
    }
    return [...new Set(faults)]
  })
}

interface AxeResult {
  violations: { id: string; help: string; nodes: { target: unknown[]; failureSummary?: string }[] }[]
}

/** Everything that axe finds, one line an element. */
async function axeFaults(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const { violations } = await page.evaluate(async () => {
    const axe = Reflect.get(window, 'axe') as { run(root: Document): Promise<AxeResult> }
    return axe.run(document)
  })
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      (node) => `axe ${id} (${help}): ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1] ?? ''}`,
    ),
  )
}

const go = (hash: string) => (page: Page) =>
  page.evaluate((to) => {
    window.location.hash = to
  }, hash)
const heading = (name: string | RegExp) => (page: Page) =>
  page.getByRole('heading', { name }).first().waitFor()

interface Screen {
  readonly name: string
  /** Comes to the screen from wherever the desk stands. */
  open(page: Page): Promise<unknown>
  /** Waits for what makes the screen this one. */
  here(page: Page): Promise<unknown>
  /** True when it is opened by loading the page anew. */
  readonly reloads?: boolean
  /** Leaves what would stand in the way of the next screen. */
  leave?(page: Page): Promise<unknown>
}

const escape = (page: Page) => page.keyboard.press('Escape')
const firstRow = (page: Page) => page.getByRole('row').nth(1).waitFor()

/** The list, then its first row by keyboard. */
const detail = (list: string) => async (page: Page) => {
  await go(list)(page)
  await firstRow(page)
  await page.getByRole('row').nth(1).click()
}

const SCREENS: readonly Screen[] = [
  { name: 'home', open: go('/'), here: heading('直近14日間の受注金額') },
  { name: 'orders', open: go('/orders'), here: firstRow },
  { name: 'order', open: detail('/orders'), here: heading('明細') },
  { name: 'customers', open: go('/customers'), here: firstRow },
  { name: 'customer', open: detail('/customers'), here: heading(/ 様$/) },
  { name: 'keypads', open: go('/keypads'), here: firstRow },
  { name: 'keypad', open: detail('/keypads'), here: heading('テンキー情報') },
  {
    name: 'keypad-register',
    open: async (page) => {
      await detail('/keypads')(page)
      await page.getByRole('button', { name: /^(登録|設定変更)$/ }).click()
    },
    here: (page) => page.getByRole('dialog').getByRole('textbox', { name: '席' }).waitFor(),
    leave: escape,
  },
  {
    name: 'keypad-stop',
    open: async (page) => {
      await detail('/keypads')(page)
      await page.getByRole('button', { name: '使用停止' }).click()
    },
    here: (page) => page.getByRole('dialog').getByText('使用停止にすると').waitFor(),
    leave: escape,
  },
  { name: 'settings', open: go('/settings'), here: heading('重要項目設定') },
  {
    name: 'palette',
    open: async (page) => {
      await go('/')(page)
      await heading('直近14日間の受注金額')(page)
      await page
        .getByRole('banner')
        .getByRole('button', { name: /を検索/ })
        .click()
    },
    here: async (page) => {
      await page.getByRole('dialog').getByRole('combobox').fill('サトウ', { timeout: 5_000 })
      await page.getByRole('option').nth(1).waitFor()
    },
    leave: escape,
  },
  {
    name: 'shortcuts',
    open: async (page) => {
      await go('/')(page)
      await heading('直近14日間の受注金額')(page)
      await page.getByRole('button', { name: 'キー操作の一覧' }).click()
    },
    here: (page) => page.getByRole('dialog', { name: 'キー操作の一覧' }).waitFor(),
    leave: escape,
  },
  {
    name: 'checkout',
    open: async (page) => {
      const at = operator(page)
      await at.newOrderFor('サトウ カズコ')
      await at.addProduct('A101', 2)
      await at.addProduct('馬油')
    },
    here: (page) => page.getByTestId('total').waitFor(),
  },
  {
    name: 'keypad-popup',
    open: async (page) => {
      const at = operator(page)
      await at.newOrderFor('サトウ カズコ')
      await at.addProduct('A101', 2)
      await at.openKeypad()
    },
    here: (page) => page.getByRole('dialog').getByText('テンキーの入力を待っています。').waitFor(),
    leave: async (page) => {
      await escape(page)
      await page.getByRole('dialog').waitFor({ state: 'hidden' })
    },
  },
]

async function judge(page: Page, screen: Screen, width: number): Promise<void> {
  const inPage = screen.reloads ? null : await watchShifts(page, false)
  await screen.open(page)
  await screen.here(page)
  await settled(page)
  const shifts = inPage ?? (await watchShifts(page, true))
  await page.screenshot({ path: join(SHOTS, `${screen.name}-${width}.png`) })
  const { sum, moved } = await shifts()
  const faults = [...(await layoutFaults(page)), ...(await axeFaults(page))]
  if (sum >= MAX_SHIFT) faults.push(`the layout moved by ${sum.toFixed(4)}: ${moved.join(', ')}`)
  await screen.leave?.(page)
  expect(faults, `${screen.name} at ${width}`).toEqual([])
}

const SIGN_IN: Screen = {
  name: 'sign-in',
  reloads: true,
  open: (page) => page.reload(),
  here: heading('サインイン'),
}

for (const { width, height } of SIZES) {
  test(`sign-in at ${width}×${height}`, async () => {
    await resize(width, height)
    await judge(desk.page, SIGN_IN, width)
  })
}

test.describe('signed in', () => {
  test.beforeEach(async () => {
    await settled(desk.page)
    if ((await desk.page.getByRole('navigation', { name: 'メニュー' }).count()) === 0) await signIn(desk.page)
  })
  for (const { width, height } of SIZES) {
    for (const screen of SCREENS) {
      test(`${screen.name} at ${width}×${height}`, async () => {
        await resize(width, height)
        await judge(desk.page, screen, width)
      })
    }
  }
})
