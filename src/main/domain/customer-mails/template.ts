import type { CustomerMailKind, MailTemplateText } from '../../../contract/customer-mails'

/** Names of a template with what stands in their place. */
export type MailFacts = Readonly<Record<string, string>>

const COMMON = ['お客様名', '定期番号', 'ショップ名', 'ショップ電話番号'] as const
const TURN = ['回', 'お届け予定日', '商品', 'ご請求額', 'カード'] as const

/** Names that a template of each kind may use. Of a card there is brand and 下3桁 only. */
export const PLACEHOLDERS: Readonly<Record<CustomerMailKind, readonly string[]>> = {
  'payment-declined': [...COMMON, ...TURN, '次回の決済日'],
  'card-trouble': [...COMMON, ...TURN],
  'turn-given-up': [...COMMON, ...TURN, '今後のお届け'],
  'card-expiring': [...COMMON, '回', 'お届け予定日', 'カード'],
  'change-deadline': [...COMMON, '回', 'お届け予定日', '変更期限'],
}

/** What each name says in the preview. */
export const SAMPLE: MailFacts = {
  お客様名: '山田 花子',
  定期番号: '700123',
  ショップ名: 'サンプル通販',
  ショップ電話番号: '03-0000-0000',
  回: '3',
  お届け予定日: '12月10日(木)',
  商品: 'まいにち青汁 30包 ほか1点',
  ご請求額: '4,980円',
  カード: 'VISA 下3桁 111',
  次回の決済日: '12月1日(火)',
  今後のお届け: '定期のお届けを停止しています。再開をご希望の場合は、お電話でお申し付けください。',
  変更期限: '12月3日(木)',
}

const NAME = /[{｛]([^{}｛｝\n]{1,20})[}｝]/gu

/** Names in braces that templates of this kind do not have, each once. */
export function unknownNames(kind: CustomerMailKind, { subject, body }: MailTemplateText): string[] {
  const names = [...`${subject}\n${body}`.matchAll(NAME)].map(([, name]) => (name ?? '').trim())
  return [...new Set(names)].filter((name) => !PLACEHOLDERS[kind].includes(name))
}

/** Names are filled once: a name within what was filled in stays as it is. */
const fill = (template: string, facts: MailFacts): string =>
  template.replace(NAME, (whole, name: string) => facts[name.trim()] ?? whole)

/** The text of a mail. A subject is one line, whatever is filled in. */
export const writeMail = (template: MailTemplateText, facts: MailFacts): MailTemplateText => ({
  subject: fill(template.subject, facts).replace(/\s+/gu, ' ').trim(),
  body: fill(template.body, facts),
})
