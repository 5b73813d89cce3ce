import type { Page } from '@playwright/test'

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
