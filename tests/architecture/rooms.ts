/** One file and the modules that it names: paths from src/, or the names of packages. */
export interface FileImports {
  readonly file: string
  readonly targets: readonly string[]
}

interface Room {
  readonly name: string
  readonly holds: RegExp
  /** Paths from src/ that it may import besides its own. */
  readonly inner: readonly RegExp[]
  /** Packages that it may import. */
  readonly packages: RegExp
}

const contract = /^contract(\/|$)/
const domain = /^main\/domain\//
const platform = /^main\/platform\//
const db = /^main\/db\//
const checkout = /^main\/checkout\//
const ports = /^main\/(devices\/keypad\.port|gateways\/payment-service\.port)$/
/** The door through which a feature sends mail. */
const mailPort = /^main\/gateways\/mail\.port$/
const anything = /./
const noElectron = /^(?!electron$)/

/** Features from the ground up: one may use the service of another that stands before it. */
const FEATURES = [
  'auth',
  'system',
  'settings',
  'charges',
  'options',
  'diagnosis',
  'saved-searches',
  'jobs',
  'customers',
  'customer-file',
  'csv-imports',
  'customer-imports',
  'customer-merge',
  'customer-anonymise',
  'blacklist',
  'contact-log',
  'callbacks',
  'pinned-notes',
  'identity-check',
  'products',
  'offers',
  'checkout',
  'calls',
  'serving',
  'order-tabs',
  'delivery',
  'postal',
  'keypads',
  'keypad-monitor',
  'inspections',
  'orders',
  'subscriptions',
  'subscription-bulk',
  'subscription-imports',
  'subscription-runs',
  'subscription-insights',
  'customer-mails',
  'home',
]

/** From the outside in; the first room that holds a file is its room. */
const ROOMS: readonly Room[] = [
  { name: 'preload', holds: /^preload\//, inner: [contract], packages: /^electron$/ },
  { name: 'renderer', holds: /^renderer\//, inner: [contract], packages: /^(?!electron$|node:)/ },
  { name: 'contract', holds: /^contract\//, inner: [], packages: /^(zod|@orpc\/contract)$/ },
  { name: 'simulator', holds: /^simulator\//, inner: [], packages: anything },
  { name: 'domain', holds: domain, inner: [contract], packages: noElectron },
  { name: 'platform', holds: platform, inner: [contract, domain], packages: noElectron },
  { name: 'devices', holds: /^main\/devices\//, inner: [contract, domain, platform], packages: noElectron },
  {
    name: 'relay',
    holds: /^main\/relay\//,
    inner: [contract, domain, platform, /^main\/devices\//],
    packages: noElectron,
  },
  { name: 'gateways', holds: /^main\/gateways\//, inner: [contract, domain, platform], packages: noElectron },
  { name: 'db', holds: db, inner: [contract, domain, platform], packages: noElectron },
  {
    name: 'checkout',
    holds: checkout,
    inner: [contract, domain, platform, db, ports],
    packages: noElectron,
  },
  {
    name: 'features',
    holds: /^main\/features\//,
    inner: [contract, domain, platform, db, checkout, mailPort],
    packages: noElectron,
  },
  {
    name: 'jobs',
    holds: /^main\/jobs\//,
    inner: [contract, domain, platform, db, checkout, /\.service$/],
    packages: noElectron,
  },
  {
    name: 'rpc',
    holds: /^main\/rpc\//,
    inner: [contract, platform, /^main\/security\/sender$/, /\.router$/],
    packages: anything,
  },
  { name: 'security', holds: /^main\/security\//, inner: [contract, platform], packages: anything },
  {
    name: 'app',
    holds: /^main\/app\//,
    inner: [
      contract,
      platform,
      domain,
      db,
      /^main\/security\/origin$/,
      /\.service$/,
      /^main\/features\/products\/products\.repository$/,
    ],
    packages: anything,
  },
  {
    name: 'composition',
    holds: /^main\/(index\.ts$|composition\/)/,
    inner: [/^(contract|main)(\/|$)/],
    packages: anything,
  },
]

/** The room of a file, or null when the house has none for it. */
export const roomOf = (file: string): Room | null => ROOMS.find((room) => room.holds.test(file)) ?? null

const featureOf = (path: string): string | null => /^main\/features\/([^/]+)\//.exec(path)?.[1] ?? null

function featureMayUse(file: string, target: string): boolean {
  const own = featureOf(file)
  const other = featureOf(target)
  if (own === null || other === null || own === other) return true
  return (
    FEATURES.indexOf(other) < FEATURES.indexOf(own) &&
    /\.(service|router)$/.test(target) &&
    !target.endsWith('.repository')
  )
}

const isOwnSource = (target: string): boolean =>
  /^(main|renderer|preload|contract|simulator)(\/|$)/.test(target)

/** What a file imports although its room may not, in words. */
export function breachesOf({ file, targets }: FileImports): string[] {
  const room = roomOf(file)
  if (!room) return [`${file}: no room`]
  return targets.flatMap((target) => {
    const allowed = isOwnSource(target)
      ? (room.holds.test(target) ||
          room.holds.test(`${target}/`) ||
          room.inner.some((path) => path.test(target))) &&
        featureMayUse(file, target)
      : room.packages.test(target)
    return allowed ? [] : [`${file} (${room.name}) may not import ${target}`]
  })
}
