import { homedir } from 'node:os'
import { join } from 'node:path'

/** File in the data folder that tells where the running simulator is. */
export const READY_FILE = 'keypad.json'

/** Folder of the simulator's counter, certificate and ready file, unless `--data` names another one. */
export function defaultDataFolder(): string {
  const named = process.env['UKETSUKE_KEYPAD_DATA']
  if (named !== undefined && named !== '') return named
  const home = homedir()
  const bases = {
    win32: process.env['APPDATA'] ?? join(home, 'AppData', 'Roaming'),
    darwin: join(home, 'Library', 'Application Support'),
    other: process.env['XDG_DATA_HOME'] ?? join(home, '.local', 'share'),
  }
  const platform = process.platform
  const base = platform === 'win32' || platform === 'darwin' ? bases[platform] : bases.other
  return join(base, 'uketsuke-simulator', 'keypad')
}
