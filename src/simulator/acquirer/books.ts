import { createHmac, randomBytes } from 'node:crypto'
import { chmodSync } from 'node:fs'
import DatabaseFile from 'better-sqlite3'

export interface BookedPayment {
  readonly service: string
  readonly payment_id: string
  readonly token: string
  readonly amount: number
  readonly state: 'authorized' | 'captured' | 'voided' | 'partially-refunded' | 'refunded' | 'declined'
  readonly transaction_id: string
  readonly approval_code: string
  readonly hold_until: number
  readonly captured: number
  readonly refunded: number
  readonly code: string | null
  readonly raw_code: string | null
  readonly moto: number
  readonly initiator: string
  readonly first_transaction_id: string | null
  readonly created_at: number
  readonly plan: 'one-time' | 'installments' | 'revolving' | 'bonus'
  readonly installments: number | null
}

export interface BookedOperation {
  readonly seq: number
  readonly service: string
  readonly payment_id: string
  readonly kind: string
  readonly key: string
  readonly amount: number
  readonly outcome: string
  readonly at: number
}

export interface BookedToken {
  readonly token: string
  readonly service: string
  readonly mark: string
  readonly brand: string
  readonly masked: string
  readonly expiry: string
  readonly fixed_code: string | null
}

const SCHEMA = `
  create table if not exists secret (value text not null) strict;
  create table if not exists token (
    token text primary key, service text not null, mark text not null, brand text not null, masked text not null,
    expiry text not null, fixed_code text
  ) strict;
  create table if not exists payment (
    seq integer primary key autoincrement, service text not null, payment_id text not null, token text not null,
    amount integer not null, state text not null, transaction_id text not null unique, approval_code text not null,
    hold_until integer not null, captured integer not null, refunded integer not null, code text, raw_code text,
    moto integer not null, initiator text not null, first_transaction_id text, created_at integer not null,
    plan text not null default 'one-time', installments integer
  ) strict;
  create index if not exists payment_id on payment (service, payment_id);
  create index if not exists payment_hold on payment (hold_until) where state = 'authorized';
  create table if not exists operation (
    seq integer primary key autoincrement, service text not null, payment_id text not null, kind text not null,
    key text not null, amount integer not null, outcome text not null, at integer not null
  ) strict;
  create index if not exists operation_payment on operation (service, payment_id);
  create table if not exists answer (
    service text not null, key text not null, body_hash text not null, answer text not null,
    primary key (service, key)
  ) strict;`

/** Books of before there were plans: everything in them was paid 一括. */
function addPlanColumns(db: DatabaseFile.Database): void {
  const columns = db.prepare<[], { name: string }>("select name from pragma_table_info('payment')").all()
  if (columns.some(({ name }) => name === 'plan')) return
  db.exec(`alter table payment add column plan text not null default 'one-time';
    alter table payment add column installments integer;`)
}

/** Opens the file and the secret that these books were given at their first opening. */
function openFile(path: string): { db: DatabaseFile.Database; secret: string } {
  const db = new DatabaseFile(path)
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  db.exec(SCHEMA)
  addPlanColumns(db)
  chmodSync(path, 0o600)
  const known = db.prepare<[], { value: string }>('select value from secret').get()
  const secret = known?.value ?? randomBytes(32).toString('hex')
  if (!known) db.prepare('insert into secret values (?)').run(secret)
  return { db, secret }
}

/** The acquirer's own books: one SQLite file that survives a kill at any instant. */
export function openBooks(path: string) {
  const { db, secret } = openFile(path)
  const insertPayment = db.prepare(
    `insert into payment (service, payment_id, token, amount, state, transaction_id, approval_code, hold_until, captured,
       refunded, code, raw_code, moto, initiator, first_transaction_id, created_at, plan, installments)
     values (@service, @payment_id, @token, @amount, @state, @transaction_id, @approval_code, @hold_until, @captured,
       @refunded, @code, @raw_code, @moto, @initiator, @first_transaction_id, @created_at, @plan,
       @installments)`,
  )
  const insertOperation = db.prepare(
    'insert into operation (service, payment_id, kind, key, amount, outcome, at) values (@service, @payment_id, @kind, @key, @amount, @outcome, @at)',
  )
  const byPaymentId = db.prepare<[string, string], BookedPayment>(
    `select * from payment where service = ? and payment_id = ? order by state = 'declined', seq desc`,
  )
  const byTransactionId = db.prepare<[string, string, string], BookedPayment>(
    'select * from payment where service = ? and payment_id = ? and transaction_id = ?',
  )
  return {
    secret,
    /** What a merchant shows to be let in; stays the same for the life of these books. */
    merchantKey: (service: string) =>
      `${service}-${createHmac('sha256', secret).update(`merchant ${service}`).digest('hex').slice(0, 32)}`,
    transaction: <T>(work: () => T): T => db.transaction(work).immediate(),
    addToken: (token: BookedToken) =>
      db
        .prepare('insert into token values (@token, @service, @mark, @brand, @masked, @expiry, @fixed_code)')
        .run(token),
    token: (service: string, token: string) =>
      db
        .prepare<[string, string], BookedToken>('select * from token where service = ? and token = ?')
        .get(service, token),
    addPayment: (payment: BookedPayment) => insertPayment.run(payment),
    payment: (service: string, paymentId: string) => byPaymentId.get(service, paymentId),
    /** The payment that a later step means: by the service's own id where it is told. */
    paymentOf: (service: string, paymentId: string, transactionId: string) =>
      transactionId === ''
        ? byPaymentId.get(service, paymentId)
        : byTransactionId.get(service, paymentId, transactionId),
    changePayment: (
      transactionId: string,
      change: { state: BookedPayment['state']; captured: number; refunded: number },
    ) =>
      db
        .prepare('update payment set state = ?, captured = ?, refunded = ? where transaction_id = ?')
        .run(change.state, change.captured, change.refunded, transactionId),
    addOperation: (operation: Omit<BookedOperation, 'seq'>) => insertOperation.run(operation),
    operationKeys: (service: string, paymentId: string) =>
      db
        .prepare<[string, string], { key: string }>(
          'select key from operation where service = ? and payment_id = ? order by seq',
        )
        .all(service, paymentId)
        .map((row) => row.key),
    answer: (service: string, key: string) =>
      db
        .prepare<[string, string], { body_hash: string; answer: string }>(
          'select body_hash, answer from answer where service = ? and key = ?',
        )
        .get(service, key),
    keepAnswer: (service: string, key: string, bodyHash: string, answer: string) =>
      db.prepare('insert into answer values (?, ?, ?, ?)').run(service, key, bodyHash, answer),
    expired: (now: number) =>
      db
        .prepare<[number], BookedPayment>(
          `select * from payment where state = 'authorized' and hold_until <= ?`,
        )
        .all(now),
    all: () => ({
      payments: db.prepare<[], BookedPayment>('select * from payment order by seq').all(),
      operations: db.prepare<[], BookedOperation>('select * from operation order by seq').all(),
      tokens: db
        .prepare<[], Omit<BookedToken, 'token' | 'mark'>>(
          'select service, brand, masked, expiry, fixed_code from token order by rowid',
        )
        .all(),
    }),
    close: () => db.close(),
  }
}

export type Books = ReturnType<typeof openBooks>
