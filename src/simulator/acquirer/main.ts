import { randomBytes } from 'node:crypto'
import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openBooks } from './books'
import { acquirerCertificate } from './certificate'
import { serveControl } from './control'
import { Engine } from './engine'
import { FaultQueue } from './faults'
import { Journal } from './journal'
import { Held } from './play'
import { serveServices } from './server'
import { SERVICES } from './services'

/** The simulated payment services as a process of their own: `--port N` (0: free) `--data FOLDER`. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '0' }, data: { type: 'string' } },
  })
  if (values.data === undefined) throw new Error('--data FOLDER is needed')
  const folder = values.data
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const books = openBooks(join(folder, 'acquirer.db'))
  const certificate = await acquirerCertificate(folder)
  let offsetMs = 0
  const clock = { now: () => Date.now() + offsetMs }
  const engine = new Engine(books, clock)
  const faults = new FaultQueue()
  const merchantKeys = Object.fromEntries(SERVICES.map(({ id }) => [id, books.merchantKey(id)]))
  const journal = new Journal()
  const held = new Held()
  const services = await serveServices({
    engine,
    faults,
    journal,
    held,
    merchantKeys,
    certificate,
    port: Number(values.port),
  })
  const token = randomBytes(18).toString('base64url')
  const advanceClock = (ms: number) => {
    offsetMs += ms
    engine.expireHolds()
  }
  const control = await serveControl({ token, books, faults, journal, held, services, advanceClock })
  const ready = {
    ready: true,
    url: `https://127.0.0.1:${services.port}`,
    fingerprint256: certificate.fingerprint256,
    merchantKeys,
    control: { port: control.port, token },
    pid: process.pid,
  }
  writeFileSync(join(folder, 'acquirer.json.new'), JSON.stringify(ready), { mode: 0o600 })
  renameSync(join(folder, 'acquirer.json.new'), join(folder, 'acquirer.json'))
  process.stdout.write(`${JSON.stringify(ready)}\n`)
  const stop = () => {
    held.drop()
    control.close()
    void services.close().then(() => {
      books.close()
      process.exit(0)
    })
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

await main()
