import { BrowserWindow } from 'electron'
import { join } from 'node:path'
import { START_PAGE } from '../security/origin'

/** Opens the desk's window: sandboxed, isolated, without Node, showing only the app's own origin. */
export function openDeskWindow(options: {
  preload: string
  show: boolean
  title: string
  devTools: boolean
}): BrowserWindow {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 640,
    show: options.show,
    title: options.title,
    backgroundColor: '#f4f6f8',
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: options.devTools,
    },
  })
  void window.loadURL(START_PAGE)
  return window
}

/** The preload script of a build, seen from the folder of the main bundle. */
export const preloadPath = (mainFolder: string): string => join(mainFolder, '../preload/index.cjs')
