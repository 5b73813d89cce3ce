import { formatPhone, formatPostalCode } from '../../../contract/text'

/** Service of the provider that is applied for, in the words of the form. */
export const OPTION_NAME = 'カード情報非保持化テンキーサービス'

export interface Application {
  readonly shop: { name: string; code: string; postalCode: string; address: string; phone: string }
  readonly applicant: { name: string; email: string }
  /** Business date of the application. */
  readonly on: string
  readonly answerDueOn: string
  readonly note: string
  /** True when the service was in use before and had been stopped. */
  readonly again: boolean
}

const orNone = (text: string): string => (text.trim() === '' ? '(未登録)' : text.trim())

/** One line for a header: whatever a shop is called, it starts no header of its own. */
const oneLine = (text: string): string => text.replaceAll(/\s+/gu, ' ').trim()

/** Subject and text of the application to the provider. */
export function applicationMail(application: Application): { subject: string; body: string } {
  const { shop, applicant, again } = application
  const postal = shop.postalCode === '' ? '' : `〒${formatPostalCode(shop.postalCode)} `
  const body = [
    `「${OPTION_NAME}」の利用を${again ? 'あらためて' : ''}申し込みます。`,
    'お手続きの方法を、下記の申込担当者までお知らせください。',
    '',
    `ショップ名: ${oneLine(shop.name)}`,
    `ショップコード: ${oneLine(shop.code)}`,
    `所在地: ${orNone(oneLine(`${postal}${shop.address}`))}`,
    `電話番号: ${orNone(formatPhone(shop.phone))}`,
    `申込担当者: ${oneLine(applicant.name)}`,
    `連絡先メールアドレス: ${applicant.email}`,
    `申込日: ${application.on}`,
    `ご回答の予定日: ${application.answerDueOn}(3営業日以内)`,
    ...(application.note.trim() === '' ? [] : ['', '連絡事項:', application.note.trim()]),
  ].join('\n')
  return { subject: `【オプション申込】${OPTION_NAME} ${oneLine(shop.name)}`, body: `${body}\n` }
}
