/** Epoch milliseconds, UTC. */
type Instant = number

type State = 'not-applied' | 'applied' | 'in-use' | 'stopped'

/** The contract with the keypad's provider as it stands. */
export interface OptionContractTable {
  name: 'keypad'
  state: State
  /** Business date; only while an answer is awaited. */
  answer_due_on: string | null
  version: number
}

export interface OptionStepTable {
  id: string
  option_name: 'keypad'
  event: 'apply' | 'withdraw' | 'answer' | 'stop'
  from_state: State
  to_state: State
  at: Instant
  done_by: string
  note: string
}

/** A mail on its way out: the row comes first, then the sending, then the mark. */
export interface MailOutboxTable {
  id: string
  step_id: string
  message_id: string
  sender: string
  recipient: string
  subject: string
  body: string
  state: 'queued' | 'sending' | 'sent' | 'unknown' | 'dropped'
  attempts: number
  /** Null when a person has to act. */
  next_attempt_at: Instant | null
  claimed_at: Instant | null
  cause: string | null
  smtp_code: number | null
  created_at: Instant
  sent_at: Instant | null
  version: number
}
