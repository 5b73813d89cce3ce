import type { App, WebContents } from 'electron'
import { APP_ORIGIN } from './origin'

/** A page may reload itself within the app's own origin and go nowhere else. */
export function mayNavigate(url: string): boolean {
  try {
    const target = new URL(url)
    return `${target.protocol}//${target.host}` === APP_ORIGIN
  } catch {
    return false
  }
}

/** Refuses navigation, redirects, new windows, webviews and frames for every web contents that will ever exist. */
export function confineNavigation(app: App, report: (what: string, contents: WebContents) => void): void {
  app.on('web-contents-created', (_created, contents) => {
    const refuse = (what: string) => (event: { preventDefault(): void; url: string }) => {
      if (mayNavigate(event.url)) return
      event.preventDefault()
      report(what, contents)
    }
    contents.on('will-navigate', refuse('navigation'))
    contents.on('will-redirect', refuse('redirect'))
    contents.on('will-frame-navigate', refuse('frame'))
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => {
      report('window', contents)
      return { action: 'deny' }
    })
  })
}
