import { ipcRenderer } from 'electron'

/**
 * Hands one MessagePort from the page to main, once a page load, and nothing else: the page has no access
 * to ipcRenderer and cannot name a channel. Main checks who sends it (src/main/rpc/port.ts).
 */
let handedOver = false

window.addEventListener('message', (event: MessageEvent<unknown>) => {
  if (handedOver || event.source !== window || event.data !== 'uketsuke:open') return
  const [port] = event.ports
  if (!port) return
  handedOver = true
  ipcRenderer.postMessage('uketsuke:port', null, [port])
})
