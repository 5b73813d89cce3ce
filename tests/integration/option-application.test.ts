import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { DeskDatabase } from '../../src/main/db/open-database'
import type { OptionsDeps } from '../../src/main/features/options/deps'
import { readMailSettings, saveMailSettings } from '../../src/main/features/options/mail-settings.service'
import {
  applyForOption,
  cardEntryBlock,
  optionReminders,
  optionView,
  stepOption,
  writeApplication,
} from '../../src/main/features/options/options.service'
import { resendMail, sendDueMail } from '../../src/main/features/options/outbox.service'
import { smtpMail } from '../../src/main/gateways/smtp/smtp-mail'
import { manualClock } from '../../src/main/platform/clock'
import { forEachDatabase, type DatabasePlace } from '../support/databases'
import { boxIn, openSeeded } from '../support/seeded'
import { startSmtp, type SmtpBehaviour, type SmtpProcess } from '../support/smtp'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** Friday before a holiday on Monday: 20 November 2026, 10:00 in Tokyo. */
const FRIDAY = Date.UTC(2026, 10, 20, 1)
const PASSWORD = 'smtp-himitsu-9'

forEachDatabase('the application to the provider', (openPlace) => {
  const clock = manualClock(FRIDAY)
  const lines: string[] = []
  let place: DatabasePlace
  let folder: string
  let database: DeskDatabase
  let deps: OptionsDeps
  let userId: string
  let smtp: SmtpProcess | null = null

  beforeEach(async () => {
    clock.set(FRIDAY)
    lines.length = 0
    place = await openPlace()
    folder = mkdtempSync(join(tmpdir(), 'uketsuke-option-'))
    const seeded = await openSeeded(place.config, clock)
    database = seeded.database
    userId = seeded.admin.id
    deps = {
      database,
      clock,
      box: await boxIn(folder),
      log: pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) }),
      mode: 'training',
      openMail: (server) => smtpMail(server, smtp ? { timeoutMs: smtp.patienceMs, ca: smtp.ca } : {}),
    }
  })
  afterEach(async () => {
    await smtp?.stop()
    smtp = null
    await database.close()
    await place.drop()
    rmSync(folder, { recursive: true, force: true })
  })

  async function serve(behaviour: SmtpBehaviour): Promise<SmtpProcess> {
    smtp = await startSmtp({ user: 'desk', password: PASSWORD, ...behaviour })
    return smtp
  }
  async function setUp(port: number) {
    const { version } = await readMailSettings(database.db)
    return saveMailSettings(database.db, deps.box, {
      values: {
        providerAddress: 'provider@example.jp',
        senderAddress: 'shop@example.jp',
        host: '127.0.0.1',
        port,
        tls: 'none',
        user: 'desk',
      },
      password: PASSWORD,
      version,
      mode: 'training',
      by: userId,
      now: clock.now(),
    })
  }
  const apply = async (note = '') =>
    applyForOption(deps, { version: (await optionView(deps)).version, note, userId })
  const step = async (event: 'withdraw' | 'answer' | 'stop', note = '') =>
    stepOption(deps, { version: (await optionView(deps)).version, event, note, userId })
  /** Waits for the attempt that runs in the background. */
  const settled = async () => {
    await expect.poll(async () => (await optionView(deps)).mail?.state).not.toBe('sending')
    await expect.poll(async () => (await optionView(deps)).mail?.attempts).toBeGreaterThan(0)
    await expect.poll(async () => (await optionView(deps)).mail?.state).not.toBe('sending')
    return (await optionView(deps)).mail
  }

  it('goes from 確定 to the provider as one mail, and every step says who and when', async () => {
    const server = await serve({})
    await setUp(server.port)
    const preview = await writeApplication(deps, userId, '設置は本店です。')
    expect(preview).toMatchObject({ to: 'provider@example.jp', answerDueOn: '2026-11-26' })
    const applied = await apply('設置は本店です。')
    expect(applied).toMatchObject({ state: 'applied', answerDueOn: '2026-11-26', overdue: false })
    expect(await settled()).toMatchObject({ state: 'sent', attempts: 1, cause: null })
    await sendDueMail(deps)
    expect(await server.mails()).toHaveLength(1)
    clock.advance(DAY)
    expect(await step('answer', '12/1 から利用開始')).toMatchObject({ state: 'in-use', answerDueOn: null })
    clock.advance(DAY)
    const stopped = await step('stop', '解約')
    expect(stopped.allowed).toEqual(['apply'])
    expect(stopped.steps).toMatchObject([
      { event: 'stop', from: 'in-use', to: 'stopped', at: FRIDAY + 2 * DAY, note: '解約' },
      { event: 'answer', from: 'applied', to: 'in-use', at: FRIDAY + DAY },
      { event: 'apply', from: 'not-applied', to: 'applied', at: FRIDAY, note: '設置は本店です。' },
    ])
    expect(stopped.steps.every((one) => one.by !== '')).toBe(true)
    expect((await apply()).state).toBe('applied')
  })

  it('is late from the day after the third business day, and ホーム is told', async () => {
    const server = await serve({})
    await setUp(server.port)
    await apply()
    await settled()
    // Thursday 26 November, 23:59:59 in Tokyo
    clock.set(Date.UTC(2026, 10, 26, 14, 59, 59))
    expect(await optionReminders(deps)).toEqual({ answerDueOn: null, mail: null })
    clock.advance(1000)
    expect(await optionReminders(deps)).toEqual({ answerDueOn: '2026-11-26', mail: null })
    await step('answer')
    expect(await optionReminders(deps)).toEqual({ answerDueOn: null, mail: null })
  })

  it('refuses steps that the contract does not have, and stale ones', async () => {
    const server = await serve({})
    await setUp(server.port)
    await expect(step('answer')).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    await expect(step('stop')).rejects.toMatchObject({ code: 'NOT_ALLOWED' })
    const { version } = await optionView(deps)
    await apply()
    await expect(applyForOption(deps, { version, note: '', userId })).rejects.toMatchObject({ code: 'STALE' })
    await settled()
    expect(await server.mails()).toHaveLength(1)
  })

  it('is not made without an address and a server, and nothing changes then', async () => {
    await expect(apply()).rejects.toMatchObject({ code: 'MAIL_NOT_SET_UP' })
    expect(await optionView(deps)).toMatchObject({ state: 'not-applied', steps: [], mail: null })
  })

  it('stays in the queue while the server is away, is tried later and later, and goes out once it is back', async () => {
    const gone = await serve({})
    const { port } = gone
    await gone.stop()
    await setUp(port)
    expect((await apply()).state).toBe('applied')
    const first = await settled()
    expect(first).toMatchObject({ state: 'queued', attempts: 1, cause: 'connection-refused' })
    expect(first?.nextAttemptAt).toBe(FRIDAY + MINUTE)
    expect(await optionReminders(deps)).toMatchObject({ mail: 'stuck' })
    await sendDueMail(deps)
    expect((await optionView(deps)).mail?.attempts).toBe(1)
    clock.advance(MINUTE)
    await sendDueMail(deps)
    expect((await optionView(deps)).mail).toMatchObject({ attempts: 2, nextAttemptAt: FRIDAY + 6 * MINUTE })
    const back = await serve({})
    await setUp(back.port)
    const { mail } = await optionView(deps)
    if (!mail) throw new Error('no mail')
    await resendMail(deps, mail.id, mail.version)
    expect((await optionView(deps)).mail).toMatchObject({ state: 'sent', attempts: 3, cause: null })
    expect(await back.mails()).toHaveLength(1)
  })

  it('is not repeated by itself after a refusal for good, nor when nobody knows whether it arrived', async () => {
    const refusing = await serve({ behaviour: 'no-such-recipient' })
    await setUp(refusing.port)
    await apply()
    expect(await settled()).toMatchObject({
      state: 'queued',
      cause: 'recipient-refused',
      smtpCode: 550,
      nextAttemptAt: null,
    })
    await refusing.stop()
    await step('withdraw')
    const mute = await serve({ behaviour: 'mute-after-text' })
    await setUp(mute.port)
    await apply()
    expect(await settled()).toMatchObject({ state: 'unknown', nextAttemptAt: null })
    clock.advance(DAY)
    await sendDueMail(deps)
    expect(await mute.mails()).toHaveLength(1)
    expect(await optionReminders(deps)).toMatchObject({ mail: 'unknown' })
    const { mail } = await optionView(deps)
    if (!mail) throw new Error('no mail')
    await resendMail(deps, mail.id, mail.version)
    const ids = (await mute.mails()).map(({ text }) => /^Message-ID: (.*)$/m.exec(text)?.[1])
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })

  it('does not go out any more when it was withdrawn', async () => {
    const gone = await serve({})
    const { port } = gone
    await gone.stop()
    await setUp(port)
    await apply()
    await settled()
    expect(await step('withdraw', '見送り')).toMatchObject({ state: 'not-applied', answerDueOn: null })
    const back = await serve({})
    await setUp(back.port)
    clock.advance(DAY)
    await sendDueMail(deps)
    expect(await back.mails()).toHaveLength(0)
    expect((await optionView(deps)).mail?.state).toBe('dropped')
  })

  it('a mail that a killed program was sending is of unknown fate, and is not sent twice', async () => {
    const server = await serve({})
    await setUp(server.port)
    await apply()
    await settled()
    await database.db
      .updateTable('mail_outbox')
      .set({ state: 'sending', claimed_at: clock.now(), sent_at: null })
      .execute()
    await sendDueMail(deps)
    expect((await optionView(deps)).mail?.state).toBe('sending')
    clock.advance(10 * MINUTE)
    await sendDueMail(deps)
    expect((await optionView(deps)).mail?.state).toBe('unknown')
    expect(await server.mails()).toHaveLength(1)
  })

  it('two seats that look at once send one mail', async () => {
    const gone = await serve({})
    const { port } = gone
    await gone.stop()
    await setUp(port)
    await apply()
    await settled()
    const back = await serve({})
    await setUp(back.port)
    clock.advance(MINUTE)
    await Promise.all([sendDueMail(deps), sendDueMail(deps), sendDueMail({ ...deps })])
    expect(await back.mails()).toHaveLength(1)
  })

  it('keeps the password sealed, tells it to nobody, and says so when another PC has sealed it', async () => {
    const server = await serve({})
    const saved = await setUp(server.port)
    expect(saved.hasPassword).toBe(true)
    expect(JSON.stringify(saved)).not.toContain(PASSWORD)
    const row = await database.db
      .selectFrom('setting')
      .select('value')
      .where('key', '=', 'mail')
      .executeTakeFirstOrThrow()
    expect(row.value).not.toContain(PASSWORD)
    const elsewhere = mkdtempSync(join(folder, 'other-'))
    deps = { ...deps, box: await boxIn(elsewhere) }
    await apply()
    expect(await settled()).toMatchObject({ state: 'queued', cause: 'password-unreadable' })
    expect(await server.mails()).toHaveLength(0)
  })

  it('writes nothing of people, addresses or passwords to the log', async () => {
    const refusing = await serve({ behaviour: 'no-such-recipient' })
    await setUp(refusing.port)
    await apply('担当 鈴木')
    await settled()
    const log = lines.join('')
    expect(log).toContain('mail not sent')
    expect(log).toContain('recipient-refused')
    for (const secret of ['@example.jp', PASSWORD, '鈴木', 'admin', '127.0.0.1']) {
      expect(log).not.toContain(secret)
    }
  })

  it('keeps cards from being keyed in production while there is no contract; training is free', async () => {
    const server = await serve({})
    await setUp(server.port)
    const production = { ...deps, mode: 'production' as const }
    expect(await cardEntryBlock(deps)).toBeNull()
    expect(await cardEntryBlock(production)).toBe('not-applied')
    await apply()
    expect(await cardEntryBlock(production)).toBeNull()
    await settled()
    await step('answer')
    expect(await cardEntryBlock(production)).toBeNull()
    await step('stop')
    expect(await cardEntryBlock(production)).toBe('stopped')
    expect(await cardEntryBlock(deps)).toBeNull()
  })
})
