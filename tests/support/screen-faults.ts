import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { expect, type Page } from '@playwright/test'
import type { DeskUnderTest } from './desk'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const SHOTS = resolve(import.meta.dirname, '../../out/screens')

/** Nobody looks at the pictures of a whole run. */
export const takesPictures = process.env['UKETSUKE_PICTURES'] !== 'off'

/** The screens that operators have, the smallest and the usual one. */
const SIZES = [
  [1366, 768],
  [1920, 1080],
] as const

/** Keeps what the page shows in out/screens. */
export async function picture(page: Page, name: string): Promise<void> {
  if (takesPictures) await page.screenshot({ path: resolve(SHOTS, `${name}.png`) })
}

/** A screen of just this size keeps one pixel for itself. */
const hasSize = (page: Page, width: number, height: number): Promise<boolean> =>
  page.evaluate(
    ([x = 0, y = 0]) => Math.max(Math.abs(window.innerWidth - x), Math.abs(window.innerHeight - y)) <= 1,
    [width, height],
  )

/** Gives the page this size. */
export async function resize(desk: DeskUnderTest, width: number, height: number): Promise<void> {
  if (await hasSize(desk.page, width, height)) return
  await desk.app.evaluate(
    ({ BrowserWindow }, [x = 0, y = 0]) => BrowserWindow.getAllWindows()[0]?.setContentSize(x, y),
    [width, height],
  )
  await desk.page.waitForFunction(
    ([x = 0, y = 0]) => Math.max(Math.abs(window.innerWidth - x), Math.abs(window.innerHeight - y)) <= 1,
    [width, height],
  )
}

/**
 * Nothing is being loaded or moved any more: no skeletons, no running transitions, fonts are there; and so it is still
 * two frames later, because what has just been pressed or set may begin to move with the next frame only.
 */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(async () => {
    const isStill = () => {
      const moving = document.getAnimations().filter((one) => {
        const { iterations } = one.effect?.getComputedTiming() ?? {}
        return one.playState === 'running' && iterations !== Infinity
      })
      const loading = document.querySelector('.mantine-Skeleton-root[data-visible], .mantine-Loader-root')
      return moving.length === 0 && loading === null
    }
    await document.fonts.ready
    if (!isStill()) return false
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(() => drawn(null))))
    return isStill()
  })
}

/** Gives the page this scheme of colours, and waits until all of it has it. */
export async function colour(page: Page, colorScheme: 'light' | 'dark' | null): Promise<void> {
  await page.emulateMedia({ colorScheme })
  await page.waitForFunction(
    () =>
      document.documentElement.dataset['mantineColorScheme'] ===
      (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'),
  )
  await settled(page)
}

/** Counts layout shifts from now on, or since the page was loaded; those within half a second of a person's input left out. */
export async function watchShifts(
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
export function layoutFaults(page: Page): Promise<string[]> {
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

/** What may differ between a light and a dark screen of the same elements. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

/** Everything that axe finds once the page stands still, or what is wrong with the colours, one line an element. */
export async function axeFaults(page: Page, rules: 'all' | 'colours' = 'all'): Promise<string[]> {
  await settled(page)
  if (await page.evaluate(() => Reflect.get(window, 'axe') === undefined)) await page.evaluate(AXE)
  const { violations } = await page.evaluate(
    async (only) => {
      const axe = Reflect.get(window, 'axe') as { run(root: Document, options: object): Promise<AxeResult> }
      return axe.run(document, { resultTypes: ['violations'], ...(only ? { runOnly: only } : {}) })
    },
    rules === 'all' ? null : COLOUR_RULES,
  )
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      (node) => `axe ${id} (${help}): ${node.target.join(' ')} ${node.failureSummary?.split('\n')[1] ?? ''}`,
    ),
  )
}

/**
 * The screen stands: nothing cut or too small at both sizes, nothing that axe finds, and no bad colours in the dark;
 * a picture of each. The size that it has comes first, and it keeps the other one.
 */
export async function expectFaultless(
  desk: DeskUnderTest,
  name: string,
  options: {
    readonly dark?: boolean
    /** Done at each size before the look. */
    readonly bring?: () => Promise<unknown>
  } = {},
): Promise<void> {
  const { page } = desk
  const isWide = await hasSize(page, ...SIZES[1])
  for (const [width, height] of isWide ? SIZES.toReversed() : SIZES) {
    await resize(desk, width, height)
    await options.bring?.()
    await settled(page)
    await picture(page, `${name}-${width}`)
    expect(await layoutFaults(page), `${name} at ${width}`).toEqual([])
    if (width !== SIZES[0][0]) continue
    expect(await axeFaults(page), name).toEqual([])
    if (options.dark === false) continue
    await colour(page, 'dark')
    await picture(page, `${name}-dark`)
    expect(await axeFaults(page, 'colours'), `${name} in the dark`).toEqual([])
    await colour(page, null)
  }
}
