/** From the search field down into the list: the row that takes the focus. */
export function focusFirstRow(): void {
  document.querySelector<HTMLElement>('main tbody tr[tabindex="0"]')?.focus()
}
