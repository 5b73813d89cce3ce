import type { MailCause, MailTls } from '../../contract/options'

/** One mail of plain text to one address. */
export interface Mail {
  /** Stays the same when the mail is sent again, so that its receiver can tell. */
  readonly messageId: string
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly body: string
  /** When it was written, epoch ms. */
  readonly at: number
}

/** A server that takes mail, and how to reach it. */
export interface MailServer {
  readonly host: string
  readonly port: number
  readonly tls: MailTls
  /** Empty: no sign-in. */
  readonly user: string
  readonly password: string
}

export type MailOutcome =
  | { readonly kind: 'accepted' }
  /** It has certainly not gone out. `permanent`: sending the same again would not help. */
  | {
      readonly kind: 'failed'
      readonly cause: MailCause
      readonly smtpCode: number | null
      readonly permanent: boolean
    }
  /** The text had been handed over when the line went dead: it may have gone out. */
  | { readonly kind: 'unknown'; readonly cause: MailCause }

/** Door to a mail server. Neither call throws for anything that a server or a network can do. */
export interface MailPort {
  send(mail: Mail): Promise<MailOutcome>
  /** Connects and signs in, and sends nothing. */
  check(): Promise<MailOutcome>
}

export type OpenMail = (server: MailServer) => MailPort
