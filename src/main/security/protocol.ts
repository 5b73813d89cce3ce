import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { protocol, type Session } from 'electron'
import { contentSecurityPolicy } from './csp'
import { DEV_SERVER } from './dev-server'
import { APP_SCHEME } from './origin'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** Must run before the app is ready: Electron fixes the privileges of schemes at start. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ])
}

/** The file below `folder` that a request path names, or null when it points outside or has a foreign type. */
export function fileOf(folder: string, pathname: string): string | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return null
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return null
  const path = normalize(join(folder, decoded))
  if (!path.startsWith(folder + sep)) return null
  return extname(path) in TYPES ? path : null
}

const refuse = (status: number) => new Response(null, { status })

/** A file as it is served: with its type, or null when there is none to serve. */
type Served = { readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string } | null

async function builtFile(folder: string, { pathname }: URL): Promise<Served> {
  const path = fileOf(folder, pathname)
  if (path === null) return null
  const bytes = await readFile(path).catch(() => null)
  return bytes && { bytes: new Uint8Array(bytes), type: TYPES[extname(path)] ?? 'application/octet-stream' }
}

async function developedFile(server: string, { pathname, search }: URL): Promise<Served> {
  const answer = await fetch(new URL(pathname + search, server))
  const type = answer.headers.get('content-type') ?? 'application/octet-stream'
  return answer.ok ? { bytes: new Uint8Array(await answer.arrayBuffer()), type } : null
}

const PAGE = 'text/html'

/** Serves the built renderer from `folder` under the app's own scheme, with the policy as a header. */
export function serveApp(session: Session, folder: string): void {
  session.protocol.handle(APP_SCHEME, async (request) => {
    const url = new URL(request.url)
    if (request.method !== 'GET' || url.host !== 'uketsuke') return refuse(404)
    const served = DEV_SERVER === null ? await builtFile(folder, url) : await developedFile(DEV_SERVER, url)
    if (served === null) return refuse(404)
    const { bytes, type } = served
    const headers = new Headers({ 'content-type': type, 'x-content-type-options': 'nosniff' })
    if (!type.startsWith(PAGE)) return new Response(bytes, { headers })
    const nonce = randomBytes(16).toString('base64')
    headers.set('content-security-policy', contentSecurityPolicy(nonce))
    headers.set('cache-control', 'no-store')
    const page = new TextDecoder().decode(bytes)
    return new Response(page.replaceAll('__CSP_NONCE__', nonce), { headers })
  })
}
