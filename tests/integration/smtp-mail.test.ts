import { afterEach, describe, expect, it } from 'vitest'
import type { Mail, MailServer } from '../../src/main/gateways/mail.port'
import { smtpMail } from '../../src/main/gateways/smtp/smtp-mail'
import { startSmtp, type SmtpBehaviour, type SmtpProcess } from '../support/smtp'

const mail: Mail = {
  messageId: '<0190-1@example.jp>',
  from: 'shop@example.jp',
  to: 'provider@example.jp',
  subject: '【オプション申込】カード情報非保持化テンキーサービス サンプル商店',
  body: '申し込みます。\n.\n行頭のドット\n',
  at: Date.UTC(2026, 10, 23),
}

let running: SmtpProcess | null = null
afterEach(async () => {
  await running?.stop()
  running = null
})

async function start(behaviour: SmtpBehaviour): Promise<SmtpProcess> {
  running = await startSmtp(behaviour)
  return running
}

const serverAt = (port: number, more: Partial<MailServer> = {}): MailServer => ({
  host: '127.0.0.1',
  port,
  tls: 'none',
  user: '',
  password: '',
  ...more,
})

describe('mail over SMTP', () => {
  it('is accepted whole, with its Japanese subject and its own Message-ID', async () => {
    const smtp = await start({})
    expect(await smtpMail(serverAt(smtp.port)).send(mail)).toEqual({ kind: 'accepted' })
    expect(await smtp.mails()).toHaveLength(1)
    const text = (await smtp.mails())[0]?.text ?? ''
    expect(text).toContain('Message-ID: <0190-1@example.jp>')
    expect(text).toMatch(/Subject: =\?UTF-8\?/)
    const body = text.slice(text.indexOf('\r\n\r\n')).replaceAll(/\s/g, '')
    expect(Buffer.from(body, 'base64').toString('utf8').replaceAll('\r\n', '\n')).toContain(
      '申し込みます。\n.\n行頭のドット',
    )
  })

  it('goes through TLS from the start and through STARTTLS, to a certificate that is trusted', async () => {
    for (const security of ['tls', 'starttls'] as const) {
      const smtp = await start({ security, user: 'desk', password: 'ひみつ-1' })
      const server = serverAt(smtp.port, { tls: security, user: 'desk', password: 'ひみつ-1' })
      expect(await smtpMail(server, { ca: smtp.ca }).send(mail), security).toEqual({ kind: 'accepted' })
      expect(await smtp.mails(), security).toMatchObject([{ secure: true }])
      await smtp.stop()
    }
  })

  it('goes to no server whose certificate is not trusted, and to none without STARTTLS when it is asked for', async () => {
    const foreign = await start({ security: 'tls' })
    expect(await smtpMail(serverAt(foreign.port, { tls: 'tls' })).send(mail)).toMatchObject({
      kind: 'failed',
      cause: 'tls',
    })
    expect(await foreign.mails()).toHaveLength(0)
    await foreign.stop()
    const plain = await start({})
    expect(await smtpMail(serverAt(plain.port, { tls: 'starttls' })).send(mail)).toMatchObject({
      kind: 'failed',
      cause: 'tls',
    })
    expect(await plain.mails()).toHaveLength(0)
  })

  it.each([
    ['no-such-recipient', { kind: 'failed', cause: 'recipient-refused', smtpCode: 550, permanent: true }],
    ['try-later', { kind: 'failed', cause: 'message-refused', smtpCode: 451, permanent: false }],
  ] as const)(
    'a server that says %s refuses it, and its words are not passed on',
    async (behaviour, outcome) => {
      const smtp = await start({ behaviour })
      const answer = await smtpMail(serverAt(smtp.port)).send(mail)
      expect(answer).toEqual(outcome)
      expect(JSON.stringify(answer)).not.toContain('person@example.jp')
    },
  )

  it('a wrong password is said as such, and checking sends nothing', async () => {
    const smtp = await start({ user: 'desk', password: 'right' })
    const wrong = smtpMail(serverAt(smtp.port, { user: 'desk', password: 'wrong' }))
    expect(await wrong.check()).toEqual({ kind: 'failed', cause: 'sign-in', smtpCode: 535, permanent: true })
    const right = smtpMail(serverAt(smtp.port, { user: 'desk', password: 'right' }))
    expect(await right.check()).toEqual({ kind: 'accepted' })
    expect(await smtp.mails()).toHaveLength(0)
  })

  it('a server that does not answer is a timeout; nothing was handed over', async () => {
    const smtp = await start({ behaviour: 'silent' })
    expect(await smtpMail(serverAt(smtp.port), { timeoutMs: 400 }).send(mail)).toEqual({
      kind: 'failed',
      cause: 'timeout',
      smtpCode: null,
      permanent: false,
    })
  })

  it('a port that nobody listens on is refused', async () => {
    const smtp = await start({})
    await smtp.stop()
    expect(await smtpMail(serverAt(smtp.port)).send(mail)).toMatchObject({
      kind: 'failed',
      cause: 'connection-refused',
    })
  })

  it.each(['mute-after-text', 'hang-up-after-text'] as const)(
    'after the text was handed over and the server is %s, nobody knows',
    async (behaviour) => {
      const smtp = await start({ behaviour })
      const answer = await smtpMail(serverAt(smtp.port), { timeoutMs: 600 }).send(mail)
      expect(answer).toMatchObject({ kind: 'unknown' })
      expect(await smtp.mails()).toHaveLength(1)
    },
  )
})
