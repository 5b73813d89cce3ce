import type { Shell } from 'electron'

/** The only pages outside that the app ever opens, by name; a page cannot give an address. */
export const EXTERNAL_LINKS = {
  'postal-code-search': 'https://www.post.japanpost.jp/zipcode/',
  'keypad-provider': 'https://www.remise.jp/',
} as const
export type ExternalLink = keyof typeof EXTERNAL_LINKS

/** Opens one of the known pages in the person's own browser. */
export async function openExternalLink(
  shell: Pick<Shell, 'openExternal'>,
  link: ExternalLink,
): Promise<void> {
  await shell.openExternal(EXTERNAL_LINKS[link])
}
