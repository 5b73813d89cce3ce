import { BrowserWindow } from 'electron'

/** What the person sees when the desk cannot start; nothing of the database is touched any more. */
export interface StartFailure {
  readonly title: string
  readonly sentences: readonly string[]
  readonly supportCode: string
}

const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** The page of a failed start: static, no script. */
export function startFailedPage(failure: StartFailure): string {
  const sentences = failure.sentences.map((sentence) => `<p>${escapeHtml(sentence)}</p>`).join('')
  return `<!doctype html><html lang="ja"><head><meta charset="utf-8">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(failure.title)}</title><style>
body{font:15px/1.8 "Noto Sans CJK JP","Yu Gothic UI",Meiryo,sans-serif;margin:0;display:grid;place-items:center;height:100vh;background:#f4f6f8;color:#1d2b36}
main{max-width:640px;background:#fff;border:1px solid #cfd8df;border-left:6px solid #b3261e;border-radius:6px;padding:24px 32px}
h1{font-size:20px;margin:0 0 12px}code{font-size:16px;letter-spacing:.08em}
</style></head><body><main role="alert"><h1>${escapeHtml(failure.title)}</h1>${sentences}
<p>サポートコード <code>${escapeHtml(failure.supportCode)}</code></p></main></body></html>`
}

/** Opens the page of a failed start. Its window can do nothing but be read and closed. */
export async function showStartFailure(failure: StartFailure): Promise<void> {
  const window = new BrowserWindow({
    width: 760,
    height: 480,
    title: failure.title,
    autoHideMenuBar: true,
    webPreferences: { sandbox: true, contextIsolation: true, javascript: false, devTools: false },
  })
  const page = Buffer.from(startFailedPage(failure)).toString('base64')
  await window.loadURL(`data:text/html;charset=utf-8;base64,${page}`)
}
