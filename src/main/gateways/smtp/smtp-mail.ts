import { Readable } from 'node:stream'
import type { NodemailerError } from 'nodemailer/lib/errors'
import type SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { MailCause } from '../../../contract/options'
import type { Mail, MailOutcome, MailPort, MailServer } from '../mail.port'

export interface SmtpOptions {
  /** Longest wait for a connection, a greeting and any answer, ms. */
  readonly timeoutMs?: number
  /** Certificate that is trusted besides those of the system (PEM). */
  readonly ca?: string
}

const TIMEOUT_MS = 20_000

type Phase = 'connect' | 'sign-in' | 'envelope' | 'text'

/** What an error of a phase means; the server's words are not passed on. */
function causeOf(error: NodemailerError, phase: Phase): MailCause {
  switch (error.code) {
    case 'EDNS':
      return 'host-not-found'
    case 'ETIMEDOUT':
      return 'timeout'
    case 'ETLS':
    case 'EREQUIRETLS':
      return 'tls'
    case 'EAUTH':
    case 'ENOAUTH':
      return 'sign-in'
    case 'EENVELOPE':
      if (error.command === 'RCPT TO') return 'recipient-refused'
      return error.command === 'DATA' ? 'message-refused' : 'sender-refused'
    case 'EMESSAGE':
      return 'message-refused'
    default: {
      const system = new Set([error.originalCode, error.code])
      if (system.has('ENOTFOUND') || system.has('EAI_AGAIN')) return 'host-not-found'
      if (system.has('ECONNREFUSED')) return 'connection-refused'
      if (/certificate|self.signed|SSL|TLS/i.test(error.message)) return 'tls'
      return phase === 'connect' ? 'connection-refused' : 'connection-lost'
    }
  }
}

/** Said by the server itself: then it is known whether the mail was taken. */
function outcomeOf(error: NodemailerError, phase: Phase): MailOutcome {
  const cause = causeOf(error, phase)
  const smtpCode = error.responseCode ?? null
  if (phase === 'text' && smtpCode === null) return { kind: 'unknown', cause }
  const permanent = smtpCode !== null && smtpCode >= 500
  return { kind: 'failed', cause, smtpCode, permanent }
}

async function open(server: MailServer, options: SmtpOptions): Promise<SMTPConnection> {
  // Loaded only when a mail goes out: the desk starts without it.
  const { default: Connection } = await import('nodemailer/lib/smtp-connection')
  const timeout = options.timeoutMs ?? TIMEOUT_MS
  return new Connection({
    host: server.host,
    port: server.port,
    secure: server.tls === 'tls',
    requireTLS: server.tls === 'starttls',
    ignoreTLS: server.tls === 'none',
    // The name of this PC is nobody's business.
    name: 'localhost',
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    dnsTimeout: timeout,
    logger: false,
    tls: { minVersion: 'TLSv1.2', ...(options.ca === undefined ? {} : { ca: options.ca }) },
  })
}

async function messageOf(mail: Mail): Promise<Buffer> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer')
  const node = new MailComposer({
    from: mail.from,
    to: mail.to,
    subject: mail.subject,
    text: mail.body,
    messageId: mail.messageId,
    date: new Date(mail.at),
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile()
  return node.build()
}

/** Runs one visit to the server; the first error of the line or of a command ends it. */
async function visit(
  server: MailServer,
  options: SmtpOptions,
  deliver: (
    connection: SMTPConnection,
    enter: (phase: Phase) => void,
    done: (error?: NodemailerError | null) => void,
  ) => void,
): Promise<MailOutcome> {
  const connection = await open(server, options)
  let phase: Phase = 'connect'
  const outcome = await new Promise<MailOutcome>((resolve) => {
    const end = (error?: NodemailerError | null) =>
      resolve(error ? outcomeOf(error, phase) : { kind: 'accepted' })
    const next = () => {
      phase = 'envelope'
      deliver(
        connection,
        (entered) => {
          phase = entered
        },
        end,
      )
    }
    connection.on('error', end)
    connection.once('end', () => end(Object.assign(new Error('closed'), { code: 'ECONNECTION' })))
    connection.connect((error) => {
      if (error) return end(error)
      if (server.user === '') return next()
      phase = 'sign-in'
      connection.login({ user: server.user, pass: server.password }, (refused) =>
        refused ? end(refused) : next(),
      )
    })
  })
  connection.close()
  return outcome
}

/** Mail over SMTP (RFC 5321), with TLS as the settings ask for and certificates always checked. */
export function smtpMail(server: MailServer, options: SmtpOptions = {}): MailPort {
  return {
    check: () => visit(server, options, (_connection, _enter, done) => done()),
    async send(mail) {
      const message = await messageOf(mail)
      return visit(server, options, (connection, enter, done) => {
        // Read only after the server has asked for the text: from then on it may have it.
        const text = new Readable({
          read() {
            enter('text')
            this.push(message)
            this.push(null)
          },
        })
        connection.send({ from: mail.from, to: [mail.to], size: message.length }, text, (error) =>
          done(error),
        )
      })
    },
  }
}
