import { join } from 'node:path'
import { contract } from '../../contract'
import { implement } from '@orpc/server'
import { authRouter, type AuthDoor } from '../features/auth/auth.router'
import { blacklistRouter } from '../features/blacklist/blacklist.router'
import { callbacksRouter } from '../features/callbacks/callbacks.router'
import { callsRouter } from '../features/calls/calls.router'
import { cardsRouter } from '../features/cards/cards.router'
import { chargesRouter } from '../features/charges/charges.router'
import { readChargeSettings } from '../features/charges/charges.service'
import { checkoutRouter } from '../features/checkout/checkout.router'
import { contactLogRouter } from '../features/contact-log/contact-log.router'
import { customerAnonymiseRouter } from '../features/customer-anonymise/customer-anonymise.router'
import { customerFileRouter } from '../features/customer-file/customer-file.router'
import type { ChosenFiles } from '../platform/chosen-files'
import { customerImportsRouter } from '../features/customer-imports/customer-imports.router'
import { customerMailsRouter } from '../features/customer-mails/customer-mails.router'
import { customerMergeRouter } from '../features/customer-merge/customer-merge.router'
import { customersRouter } from '../features/customers/customers.router'
import { deliveryRouter } from '../features/delivery/delivery.router'
import { diagnosisRouter, type ReportOutlet } from '../features/diagnosis/diagnosis.router'
import { findKeypadBySerial } from '../features/diagnosis/diagnosis.repository'
import { homeRouter } from '../features/home/home.router'
import { identityCheckRouter } from '../features/identity-check/identity-check.router'
import { jobsRouter } from '../features/jobs/jobs.router'
import { keypadsRouter } from '../features/keypads/keypads.router'
import { keypadMonitorRouter } from '../features/keypad-monitor/keypad-monitor.router'
import { inspectionsRouter } from '../features/inspections/inspections.router'
import { cardEntryBlock } from '../features/options/options.service'
import { optionsRouter } from '../features/options/options.router'
import { offersRouter } from '../features/offers/offers.router'
import { orderTabsRouter } from '../features/order-tabs/order-tabs.router'
import { ordersRouter } from '../features/orders/orders.router'
import { postalRouter } from '../features/postal/postal.router'
import { pinnedNotesRouter } from '../features/pinned-notes/pinned-notes.router'
import { productsRouter } from '../features/products/products.router'
import { readImportant } from '../features/settings/settings.service'
import { savedSearchesRouter } from '../features/saved-searches/saved-searches.router'
import { servingRouter } from '../features/serving/serving.router'
import { settingsRouter } from '../features/settings/settings.router'
import { closedDayWay } from '../features/subscription-insights/subscription-insights.setting'
import { subscriptionBulkRouter } from '../features/subscription-bulk/subscription-bulk.router'
import { subscriptionImportsRouter } from '../features/subscription-imports/subscription-imports.router'
import { subscriptionInsightsRouter } from '../features/subscription-insights/subscription-insights.router'
import { subscriptionRunsRouter } from '../features/subscription-runs/subscription-runs.router'
import { subscriptionsRouter } from '../features/subscriptions/subscriptions.router'
import { systemRouter, type SystemDoor } from '../features/system/system.router'
import type { CallContext } from '../platform/call-context'
import type { OpenFile } from '../platform/open-file'
import type { SaveFile } from '../platform/save-file'
import type { Desk } from './desk'
import { testAnswer } from './keypad-test'
import { otherPrograms } from './other-programs'
import { probeRelay } from './relay-probe'

export interface RouterDoors {
  readonly auth: AuthDoor
  readonly system: SystemDoor
  readonly saveFile: SaveFile
  readonly chosenFiles: ChosenFiles
  readonly openFile: OpenFile
  /** Folder of what is installed beside the program. */
  readonly resources: string
  readonly reportOutlet: ReportOutlet
  /** The open desk; refuses while the first-run wizard has not made one. */
  desk(): Desk
}

const importsOf = ({ desk, auth, chosenFiles, saveFile }: RouterDoors) => ({
  database: desk().database,
  clock: auth.clock,
  jobs: desk().jobs,
  files: chosenFiles,
  saveFile,
})

const postalDeps = ({ desk, auth, system, openFile, resources }: RouterDoors) => ({
  database: desk().database,
  clock: auth.clock,
  log: system.log,
  openFile,
  builtInFile: join(resources, 'postal', 'towns.br'),
})

/** The files of customers, and what was and is to be said to them. */
function customerRouters(doors: RouterDoors) {
  const { desk, auth } = doors
  const deps = () => ({ database: desk().database, clock: auth.clock, events: desk().events })
  return {
    customerFile: customerFileRouter(deps),
    blacklist: blacklistRouter(deps),
    customerImports: customerImportsRouter(() => importsOf(doors)),
    customerMerge: customerMergeRouter(deps),
    customerMails: customerMailsRouter(() => ({ ...desk().options, events: desk().events }), doors.saveFile),
    customerAnonymise: customerAnonymiseRouter(() => ({ ...deps(), box: desk().checkout.box })),
    contactLog: contactLogRouter(deps),
    callbacks: callbacksRouter(deps),
    pinnedNotes: pinnedNotesRouter(deps),
    identityCheck: identityCheckRouter(deps),
  }
}

/** What is sold, where it is advertised, what is charged besides, and when it ships. */
function goodsRouters({ desk, auth: { clock }, openFile, saveFile }: RouterDoors) {
  const deps = () => ({ database: desk().database, clock })
  const priceKind = async () => (await readChargeSettings(desk().database.db)).value.priceKind
  return {
    products: productsRouter({ deps, openFile, saveFile, priceKind }),
    offers: offersRouter(deps),
    subscriptions: subscriptionsRouter(() => desk().checkout, saveFile),
    charges: chargesRouter({ db: () => desk().database.db, clock }),
    delivery: deliveryRouter({ clock, database: () => desk().database }),
  }
}

/** What the shop's 定期 will need, how they go, and the run that makes their orders. */
function insightRouters(doors: RouterDoors) {
  const { desk, auth, system, saveFile } = doors
  const { clock } = auth
  const { log } = system
  const deps = () => ({
    database: desk().database,
    clock,
    log,
    saveFile,
    closedDayWay: () => closedDayWay(desk().database.db),
  })
  return {
    subscriptionInsights: subscriptionInsightsRouter(deps),
    subscriptionBulk: subscriptionBulkRouter(() => ({
      checkout: desk().checkout,
      jobs: desk().jobs,
      saveFile,
    })),
    subscriptionImports: subscriptionImportsRouter(() => importsOf(doors)),
    subscriptionRuns: subscriptionRunsRouter(
      () => ({ checkout: desk().checkout, jobs: desk().jobs }),
      saveFile,
    ),
  }
}

/** All procedures of the contract, each answered by its feature. */
export function createRouter(doors: RouterDoors) {
  const { desk } = doors
  const db = () => desk().database.db
  const checkout = () => desk().checkout
  return implement(contract)
    .$context<CallContext>()
    .router({
      auth: authRouter(doors.auth),
      system: systemRouter(doors.system),
      home: homeRouter(checkout, () => desk().options),
      checkout: checkoutRouter(checkout, () => desk().keypad),
      cards: cardsRouter(checkout),
      calls: callsRouter(() => ({ desk: desk().calls.desk, db: db(), ways: desk().calls.ways })),
      serving: servingRouter(() => desk().calls.serving),
      orderTabs: orderTabsRouter(checkout),
      keypad: keypadsRouter({
        checkout,
        seat: () => desk().keypad,
        contractBlock: () => cardEntryBlock(desk().options),
        watch: () => desk().registry,
        entryTimeoutMs: async () => (await readImportant(db())).value.entryTimeoutSeconds * 1000,
      }),
      customers: customersRouter(async () => ({
        database: desk().database,
        clock: doors.auth.clock,
        serviceId: (await readImportant(db())).value.serviceId,
        saveFile: doors.saveFile,
      })),
      savedSearches: savedSearchesRouter({ db, clock: doors.auth.clock }),
      ...customerRouters(doors),
      jobs: jobsRouter(() => desk().jobs),
      ...goodsRouters(doors),
      orders: ordersRouter(() => ({ database: desk().database, clock: doors.auth.clock })),
      ...insightRouters(doors),
      keypadMonitor: keypadMonitorRouter(() => ({
        database: desk().database,
        clock: doors.auth.clock,
        events: desk().events,
        saveFile: doors.saveFile,
      })),
      keypadInspections: inspectionsRouter(() => ({
        database: desk().database,
        events: desk().events,
        clock: doors.auth.clock,
        saveFile: doors.saveFile,
      })),
      postal: postalRouter(() => postalDeps(doors)),
      options: optionsRouter(() => desk().options),
      diagnosis: diagnosisRouter({
        outlet: doors.reportOutlet,
        deps: async () => {
          const { mode, keypad, options } = desk()
          const { clock } = doors.auth
          return {
            clock,
            mode,
            version: (await doors.system.info()).version,
            settings: (await readImportant(db())).value,
            keypad: keypad.port(),
            contractBlock: () => cardEntryBlock(options),
            keypadRecord: (serial) => findKeypadBySerial(db(), serial),
            otherPrograms: () => otherPrograms(keypad.port()),
            probeRelay: (settings) => probeRelay(settings, { mode, clock }),
            service: () => checkout().activeService(),
          }
        },
      }),
      settings: settingsRouter({
        clock: doors.auth.clock,
        db,
        mode: () => desk().mode,
        services: () => desk().services.list(),
        apply: () => desk().apply(),
        seat: () => desk().seat,
        testKeypad: async (values, pairingCode) =>
          testAnswer(await desk().testKeypad(values, pairingCode), values),
        setHidMode: () => desk().setHidMode(),
      }),
    })
}
