import { z } from 'zod'

/** The four messages of the keypad help page, word for word. */
export const KEYPAD_MESSAGES = {
  'check-service': 'クレジットカードの利用サービスを確認ください。',
  'check-keypad': 'テンキーパッドの接続状況や設定を確認ください。',
  'key-again': 'もう一度テンキーパッドからクレジットカード情報を入力ください。',
  temporary:
    '一時的なエラーが発生しました。不便をおかけし申し訳ございません。しばらく時間をおいても、改善されない場合にはお問い合わせフォームよりお問い合わせください。',
} as const
export type KeypadMessageId = keyof typeof KEYPAD_MESSAGES

/** What can be done next, in one word for the screen's main button. */
export const NextStep = z.enum([
  'key-again',
  'other-card-or-method',
  'check-keypad',
  'wait-and-inquire',
  'try-again',
  'ask-admin',
])
export type NextStep = z.infer<typeof NextStep>

/** An expected failure as the operator sees it. */
export const Failure = z.object({
  /** Internal cause, for the log and for tests. */
  cause: z.string(),
  /** Transaction code (101 … 999) when a service or the desk gave one. */
  code: z.string().nullable(),
  /** What happened: for keypad trouble one of the four messages, else the sentence of the code. */
  message: z.string(),
  /** What the operator does now. */
  action: z.string(),
  /** What was kept. */
  kept: z.string(),
  /** Words to say to the caller; discloses nothing of the card. Null when the caller need not be told. */
  say: z.string().nullable(),
  next: NextStep,
})
export type Failure = z.infer<typeof Failure>
