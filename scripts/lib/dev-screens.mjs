// @ts-check
import { once } from 'node:events'
import { createServer as createSocketServer } from 'node:net'
import { join } from 'node:path'
import { ROOT } from './paths.mjs'

async function freePort() {
  const probe = createSocketServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (typeof address !== 'object' || address === null) throw new Error('no free port')
  return address.port
}

/** The screens from their sources: a change is shown in the open window, which keeps its state. */
export async function startScreens(root = ROOT) {
  const { createServer } = await import('vite')
  const { default: react } = await import('@vitejs/plugin-react')
  const port = await freePort()
  const server = await createServer({
    configFile: false,
    root: join(root, 'src', 'renderer'),
    cacheDir: join(root, '.uketsuke', 'vite'),
    logLevel: 'warn',
    clearScreen: false,
    plugins: [react({ compiler: true })],
    html: { cspNonce: '__CSP_NONCE__' },
    server: {
      host: '127.0.0.1',
      port,
      strictPort: true,
      // The page has the app's own origin, so the client must be told where its socket is.
      hmr: { protocol: 'ws', host: '127.0.0.1', clientPort: port },
      fs: { allow: [root, ROOT] },
    },
  })
  await server.listen()
  return { url: `http://127.0.0.1:${port}`, stop: () => server.close() }
}
