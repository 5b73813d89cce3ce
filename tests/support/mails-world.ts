import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { get, type CustomerMailsDeps } from '../../src/main/features/customer-mails/customer-mails.service'
import { readMailSettings, saveMailSettings } from '../../src/main/features/options/mail-settings.service'
import { smtpMail } from '../../src/main/gateways/smtp/smtp-mail'
import { manualClock } from '../../src/main/platform/clock'
import { startAcquirer, type AcquirerProcess } from './acquirer'
import type { DatabasePlace } from './databases'
import { startSmtp, type SmtpBehaviour, type SmtpProcess } from './smtp'
import { openTurnsWorld, type TurnsWorld } from './turns-world'

export const TODAY = '2026-11-28'
export const NOW = Date.parse(`${TODAY}T10:00:00+09:00`)
export const MINUTE = 60_000
export const PASSWORD = 'smtp-himitsu-9'

/** A shop with contracts of one customer, a payment service, and mail servers that come and go. */
export class MailsWorld {
  readonly clock = manualClock(NOW)
  readonly lines: string[] = []
  readonly deps: CustomerMailsDeps
  readonly turns: TurnsWorld
  readonly acquirer: AcquirerProcess
  readonly customerId: string
  readonly cardId: string
  readonly #folder: string
  readonly #place: DatabasePlace
  #smtp: SmtpProcess | null = null

  private constructor(made: {
    folder: string
    place: DatabasePlace
    acquirer: AcquirerProcess
    turns: TurnsWorld
    clock: ReturnType<typeof manualClock>
    customerId: string
    cardId: string
  }) {
    const { deps } = made.turns
    this.#folder = made.folder
    this.#place = made.place
    this.acquirer = made.acquirer
    this.turns = made.turns
    this.clock = made.clock
    this.customerId = made.customerId
    this.cardId = made.cardId
    this.deps = {
      database: deps.database,
      clock: made.clock,
      box: deps.box,
      log: pino({ level: 'debug' }, { write: (line: string) => void this.lines.push(line) }),
      mode: 'training',
      openMail: (server) => smtpMail(server, this.#smtp ? { timeoutMs: this.#smtp.patienceMs } : {}),
      events: deps.events,
    }
  }

  static async open(place: DatabasePlace): Promise<MailsWorld> {
    const folder = mkdtempSync(join(tmpdir(), 'uketsuke-mails-'))
    const clock = manualClock(NOW)
    const acquirer = await startAcquirer(join(folder, 'acquirer'))
    const turns = await openTurnsWorld(place.config, acquirer.service(), { clock })
    const cardId = await turns.card()
    const [planted] = await turns.contracts(1, { status: 'cancelled', next_generate_on: null })
    const { customer_id: customerId } = await turns.deps.database.db
      .selectFrom('subscription')
      .select('customer_id')
      .where('id', '=', planted ?? '')
      .executeTakeFirstOrThrow()
    return new MailsWorld({ folder, place, acquirer, turns, clock, customerId, cardId })
  }

  async close(): Promise<void> {
    await this.turns.close()
    await this.acquirer.stop()
    await this.#place.drop()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** No mails, no contacts, no contract that goes on; every kind is sent. */
  async clear(): Promise<void> {
    const { db } = this
    this.clock.set(NOW)
    this.lines.length = 0
    for (const table of ['customer_mail', 'contact_log_order', 'contact_log', 'setting'] as const) {
      await db.deleteFrom(table).execute()
    }
    await db.updateTable('subscription').set({ status: 'cancelled' }).execute()
    await db.updateTable('subscription_cycle').set({ status: 'shipped', next_retry_on: null }).execute()
    await db.updateTable('mail_template').set({ active: 1, subject: null, body: null }).execute()
    await this.customer({ email: 'hanako@example.jp', mail_consent: 'unknown' })
    // Refused cards in a row would block the customer.
    await db.updateTable('customer').set({ card_failures: 0, card_blocked_at: null }).execute()
    await this.acquirer.clear()
  }

  get db() {
    return this.turns.deps.database.db
  }
  get by(): string {
    return this.turns.actor.userId
  }

  customer(set: { email: string | null; mail_consent?: 'unknown' | 'no' }) {
    return this.db.updateTable('customer').set(set).where('id', '=', this.customerId).execute()
  }

  rows() {
    return this.db.selectFrom('customer_mail').selectAll().orderBy('created_at').orderBy('id').execute()
  }

  async one() {
    const [row] = await this.rows()
    if (!row) throw new Error('no mail')
    return get(this.deps, row.id)
  }

  /** Contracts whose card is refused by the run of today. */
  async refused(count = 1): Promise<void> {
    await this.acquirer.fault('authorize', { kind: 'decline', code: '102' }, count)
    await this.turns.contracts(count, { card_id: this.cardId })
    await this.turns.run(TODAY)
  }

  /** Starts a mail server and sets it up. */
  async serve(behaviour: SmtpBehaviour = {}): Promise<SmtpProcess> {
    await this.silence()
    const smtp = await startSmtp({ user: 'desk', password: PASSWORD, ...behaviour })
    this.#smtp = smtp
    const { version } = await readMailSettings(this.db)
    await saveMailSettings(this.db, this.deps.box, {
      values: {
        providerAddress: '',
        senderAddress: 'shop@example.jp',
        host: '127.0.0.1',
        port: smtp.port,
        tls: 'none',
        user: 'desk',
      },
      password: PASSWORD,
      version,
      mode: 'training',
      by: this.by,
      now: this.clock.now(),
    })
    return smtp
  }

  async silence(): Promise<void> {
    await this.#smtp?.stop()
    this.#smtp = null
  }
}

export const bodyOf = (text: string): string =>
  Buffer.from(text.slice(text.indexOf('\r\n\r\n')).replaceAll(/\s/g, ''), 'base64').toString('utf8')
