import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { CustomerMailKind, CustomerMailState } from '../../src/contract/customer-mails'
import {
  cancel,
  list,
  mailsToCall,
  markCalled,
  queue,
  resend,
} from '../../src/main/features/customer-mails/customer-mails.service'
import { exportMails } from '../../src/main/features/customer-mails/customer-mails.csv'
import { queueReminders } from '../../src/main/features/customer-mails/reminders.service'
import { sendDueMails } from '../../src/main/features/customer-mails/sending.service'
import { saveTemplate, templates } from '../../src/main/features/customer-mails/mail-templates.service'
import type { SaveFile } from '../../src/main/platform/save-file'
import { forEachDatabase } from '../support/databases'
import { bodyOf, MailsWorld, MINUTE, PASSWORD, TODAY } from '../support/mails-world'

forEachDatabase('mails to customers', (openPlace) => {
  let world: MailsWorld
  beforeAll(async () => {
    world = await MailsWorld.open(await openPlace())
  })
  afterAll(() => world.close())
  beforeEach(() => world.clear())
  afterEach(() => world.silence())

  it('without a mail server everything waits, is written, and the screen says so', async () => {
    await world.refused()
    await sendDueMails(world.deps)
    expect(await queue(world.deps)).toMatchObject({ stopped: 'not-set-up', waiting: 1, phone: 0, kindsOn: 5 })
    const mail = await world.one()
    expect(mail).toMatchObject({ state: 'waiting', to: 'hanako@example.jp', tries: 0 })
    expect(mail.text.body).toContain('11月29日(日)に、あらためて同じカードで決済')
    expect(mail.text.body).toContain('VISA 下3桁 111')
    expect(mail.text.body + mail.text.subject).not.toMatch(/[{}]|4111|30\/12|3012/)
  })

  it('a refused turn is told once, whatever is run again, and stands in 対応履歴', async () => {
    const server = await world.serve()
    await world.refused()
    await world.turns.run(TODAY)
    await Promise.all([sendDueMails(world.deps), sendDueMails(world.deps)])
    await sendDueMails(world.deps)
    expect(await world.rows()).toMatchObject([
      { kind: 'payment-declined', state: 'sent', tries: 1, cause: null },
    ])
    const sent = await server.mails()
    expect(sent).toHaveLength(1)
    const mail = await world.one()
    expect(sent[0]?.text).toContain(`Message-ID: <${mail.id}@example.jp>`)
    expect(bodyOf(sent[0]?.text ?? '').replaceAll('\r\n', '\n')).toContain(mail.text.body)
    const contacts = await world.db.selectFrom('contact_log').selectAll().execute()
    expect(contacts).toMatchObject([
      { customer_id: world.customerId, channel: 'mail', direction: 'out', status: 'done' },
    ])
    expect(contacts[0]?.body).toContain(mail.text.subject)
    expect(await world.db.selectFrom('contact_log_order').selectAll().execute()).toMatchObject([
      { order_id: mail.order?.id },
    ])
    const log = world.lines.join('')
    expect(log).toContain('customer mail sent')
    for (const secret of ['hanako', 'example.jp', PASSWORD, '127.0.0.1']) expect(log).not.toContain(secret)
    // The second refusal of the same turn says nothing new; giving it up does.
    await world.acquirer.fault('authorize', { kind: 'decline', code: '102' }, 99)
    for (const day of ['2026-11-29', '2026-12-01', '2026-12-03', '2026-12-05']) {
      world.clock.set(Date.parse(`${day}T10:00:00+09:00`))
      await world.turns.run(day)
    }
    await sendDueMails(world.deps)
    expect((await world.rows()).map(({ kind, state }) => [kind, state])).toEqual([
      ['payment-declined', 'sent'],
      ['turn-given-up', 'sent'],
    ])
    expect(bodyOf((await server.mails())[1]?.text ?? '')).toContain('定期のお届けを停止しています。')
  })

  it('a card that has to be replaced is told, when the run asks nobody and when the service says so', async () => {
    const over = await world.turns.card()
    await world.db.updateTable('card').set({ expiry_yymm: '2610' }).where('id', '=', over).execute()
    await world.turns.contracts(1, { card_id: over })
    await world.turns.run(TODAY)
    expect(await world.rows()).toMatchObject([{ kind: 'card-trouble', state: 'waiting' }])
  })

  it('what the shop does not send is not queued; who wants or has no mail is called', async () => {
    await world.db
      .updateTable('mail_template')
      .set({ active: 0 })
      .where('kind', '=', 'payment-declined')
      .execute()
    await world.refused()
    expect(await world.rows()).toEqual([])
    await world.db.updateTable('mail_template').set({ active: 1 }).execute()
    await world.customer({ email: 'hanako@example.jp', mail_consent: 'no' })
    await world.refused()
    await world.customer({ email: null, mail_consent: 'unknown' })
    await world.refused()
    await world.customer({ email: 'hanako＠example' })
    await world.refused()
    await sendDueMails(world.deps)
    expect((await world.rows()).map(({ state, cause }) => [state, cause]).toSorted()).toEqual([
      ['phone', 'bad-address'],
      ['phone', 'no-address'],
      ['phone', 'no-consent'],
    ])
    const mail = await world.one()
    await expect(resend(world.deps, mail, world.by)).rejects.toMatchObject({ code: 'NO_ADDRESS' })
    expect(await markCalled(world.deps, mail, world.by)).toMatchObject({ state: 'called' })
    await expect(markCalled(world.deps, mail, world.by)).rejects.toMatchObject({ code: 'STALE' })
    expect(await queue(world.deps)).toMatchObject({ phone: 2, waiting: 0 })
    expect(await mailsToCall(world.db)).toBe(2)
  })

  it('nobody is told of what has been mended meanwhile, nor of what a person has taken back', async () => {
    await world.refused(2)
    const [mended, other] = await world.rows()
    await world.db
      .updateTable('subscription_cycle')
      .set({ status: 'authorized' })
      .where('id', '=', mended?.cycle_id ?? '')
      .execute()
    if (!other) throw new Error('no mail')
    await cancel(world.deps, other, world.by)
    const server = await world.serve()
    await sendDueMails(world.deps)
    expect((await world.rows()).map(({ state, cause }) => [state, cause])).toEqual([
      ['cancelled', 'outdated'],
      ['cancelled', 'by-person'],
    ])
    expect(await server.mails()).toHaveLength(0)
  })

  it('reminds once of each card that ends and of each deadline that is near', async () => {
    const ending = await world.turns.card()
    await world.db.updateTable('card').set({ expiry_yymm: '2611' }).where('id', '=', ending).execute()
    const near = { next_generate_on: '2026-12-05', change_until: '2026-12-01', next_deliver_on: '2026-12-08' }
    await world.turns.contracts(1, { ...near, card_id: ending })
    await world.turns.contracts(1, { ...near, change_until: '2026-12-02', card_id: world.cardId })
    await Promise.all([queueReminders(world.deps), queueReminders(world.deps)])
    expect(await queueReminders(world.deps)).toBe(0)
    expect((await world.rows()).map(({ kind }) => kind).toSorted()).toEqual([
      'card-expiring',
      'change-deadline',
    ])
    const server = await world.serve()
    await sendDueMails(world.deps)
    expect(await server.mails()).toHaveLength(2)
    world.clock.advance(24 * 60 * MINUTE)
    expect(await queueReminders(world.deps)).toBe(1)
  })

  it('lists by state, kind and words; a page goes on where the last one ended', async () => {
    await world.refused(3)
    const all = { text: '', state: [], kind: [] }
    const first = await list(world.deps, { filter: all, cursor: null, limit: 2 })
    const second = await list(world.deps, { filter: all, cursor: first.next, limit: 2 })
    expect([first.items.length, second.items.length, first.count.value]).toEqual([2, 1, 3])
    const found = async (filter: Partial<typeof all> & { state?: never[] }) =>
      (await list(world.deps, { filter: { ...all, ...filter }, cursor: null, limit: 9 })).count.value
    const [mail] = first.items
    expect(await found({ text: String(mail?.subscription.number) })).toBe(1)
    expect(await found({ text: mail?.customer.phone ?? '' })).toBe(3)
    expect(await found({ text: 'だれでもない' })).toBe(0)
    const kind: CustomerMailKind[] = ['card-expiring']
    expect((await list(world.deps, { filter: { ...all, kind }, cursor: null, limit: 9 })).count.value).toBe(0)
  })

  it.each(['utf-8', 'shift_jis'] as const)('saves what the list shows as CSV in %s', async (encoding) => {
    await world.refused(2)
    await sendDueMails(world.deps)
    await world.customer({ email: null })
    await world.refused()
    await sendDueMails(world.deps)
    const [first] = (await world.rows()).map(({ subscription_id: id }) => id)
    const { number } = await world.db
      .selectFrom('subscription')
      .select('number')
      .where('id', '=', first ?? '')
      .executeTakeFirstOrThrow()
    const save = async (filter: { text?: string; state?: CustomerMailState[] }) => {
      const chunks: Uint8Array[] = []
      let name = ''
      const saveFile: SaveFile = async (wanted, content) => {
        name = wanted
        for await (const chunk of content) chunks.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk)
        return { saved: true }
      }
      const wanted = { text: '', state: [], kind: [], ...filter }
      const saved = await exportMails({ ...world.deps, saveFile }, { filter: wanted, encoding })
      const text = new TextDecoder(encoding, { ignoreBOM: true }).decode(Buffer.concat(chunks))
      return { ...saved, name, lines: text.split('\r\n').filter((line) => line !== '') }
    }
    const all = await save({})
    expect(all).toMatchObject({ saved: true, rows: 3, unwritable: [], name: `メール送信_${TODAY}.csv` })
    const [head = '', ...lines] = all.lines
    expect(head.startsWith('\uFEFF')).toBe(encoding === 'utf-8')
    expect(head.replace('\uFEFF', '')).toBe(
      '作成日時,種類,状態,送信日時,顧客番号,顧客名,電話番号,宛先,定期番号,回,注文番号,件名',
    )
    expect(lines).toHaveLength(3)
    expect(lines.filter((line) => line.includes('決済エラー(再試行あり),送信待ち'))).toHaveLength(2)
    expect(lines.filter((line) => line.includes(',電話で連絡,'))).toHaveLength(1)
    // As the list is filtered, so is the file.
    expect((await save({ state: ['phone'] })).rows).toBe(1)
    const one = await save({ text: String(number) })
    expect(one.lines).toHaveLength(2)
    expect(one.lines[1]).toContain(`,${number},1,`)
    const cancelled = await exportMails(
      { ...world.deps, saveFile: async () => ({ saved: false }) },
      { filter: { text: '', state: [], kind: [] }, encoding },
    )
    expect(cancelled).toEqual({ saved: false, rows: 0, unwritable: [] })
  })

  describe('texts', () => {
    it('are checked, kept over a version, and go back to the standard', async () => {
      const [view] = await templates(world.db)
      if (!view) throw new Error('no template')
      const { kind, standard, version } = view
      const text = { kind, version, active: true, subject: '{お客様名}様へ', body: '{カード番号}' }
      await expect(saveTemplate(world.deps, text, world.by)).rejects.toMatchObject({ code: 'INVALID_FIELDS' })
      const saved = await saveTemplate(world.deps, { ...text, body: '{定期番号} {カード}' }, world.by)
      await expect(saveTemplate(world.deps, { ...text, body: 'x' }, world.by)).rejects.toMatchObject({
        code: 'STALE',
      })
      await world.refused()
      await sendDueMails(world.deps)
      expect((await world.one()).text.body).toMatch(/^7\d{5} VISA 下3桁 111$/)
      await saveTemplate(world.deps, { ...standard, kind, version: saved.version, active: true }, world.by)
      const kept = await world.db.selectFrom('mail_template').selectAll().where('kind', '=', kind).execute()
      expect(kept).toMatchObject([{ subject: null, body: null }])
    })
  })
})
