import { hostname } from 'node:os'
import { parseArgs } from 'node:util'
import { listenFault } from './private-listen'

/** Port of this project's relay, the same that the desk's settings begin with. */
const DEFAULT_PORT = 47_600
const MAX_NAME = 100

export const RELAY_USAGE = `relay --listen <private address of this PC> [--port 47600] [--name <name>] [--new-pairing]
Serves the keypad on this PC's USB to the desks of the private network. One line of JSON for each change of state.
--new-pairing  makes a new pairing code; desks with the old one are refused from then on
Exit: 0 ended by SIGTERM or SIGINT, 1 unexpected error, 2 wrong usage, 3 the address or port cannot be listened on,
4 the kept certificate or pairing cannot be read or written.`

export interface RelayArguments {
  readonly host: string
  readonly port: number
  readonly name: string
  readonly newPairing: boolean
}

/** Reads what stands behind `relay`. Throws `TypeError` with the reason for wrong arguments. */
export function relayArguments(args: readonly string[]): RelayArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      listen: { type: 'string' },
      port: { type: 'string', default: String(DEFAULT_PORT) },
      name: { type: 'string', default: hostname() },
      'new-pairing': { type: 'boolean', default: false },
      // Of the whole program; read where the profile is chosen.
      profile: { type: 'string' },
    },
  })
  if (values.listen === undefined) throw new TypeError('--listen is missing')
  const fault = listenFault(values.listen)
  if (fault !== null) throw new TypeError(`--listen: ${fault}`)
  const port = Number(values.port)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new TypeError('--port: 0 to 65535')
  const name = values.name.trim().slice(0, MAX_NAME)
  return { host: values.listen, port, name, newPairing: values['new-pairing'] }
}
