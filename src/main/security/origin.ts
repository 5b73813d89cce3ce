/** The one origin that the app's pages have. `app:` is a standard, secure scheme of our own instead of `file:`. */
export const APP_SCHEME = 'app'
export const APP_ORIGIN = `${APP_SCHEME}://uketsuke`
export const START_PAGE = `${APP_ORIGIN}/index.html`
