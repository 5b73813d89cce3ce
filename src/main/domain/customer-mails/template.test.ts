import { describe, expect, it } from 'vitest'
import { CustomerMailKind } from '../../../contract/customer-mails'
import { STANDARD_TEXTS } from './standard-texts'
import { PLACEHOLDERS, SAMPLE, unknownNames, writeMail } from './template'

describe('the texts of mails to customers', () => {
  it.each(CustomerMailKind.options)('%s: every name of the standard text is known and filled', (kind) => {
    expect(unknownNames(kind, STANDARD_TEXTS[kind])).toEqual([])
    const { subject, body } = writeMail(STANDARD_TEXTS[kind], SAMPLE)
    expect(subject + body).not.toMatch(/[{}]/)
    expect(subject).not.toContain('\n')
    expect(body).toContain('山田 花子 様')
  })

  it('every name has its sample', () => {
    for (const name of Object.values(PLACEHOLDERS).flat()) expect(SAMPLE[name], name).toBeTruthy()
  })

  it('names a name that the kind does not have, in whatever braces', () => {
    const text = { subject: '{カード番号}', body: '{お客様名} ｛変更期限｝ {カード番号} {}' }
    expect(unknownNames('payment-declined', text)).toEqual(['カード番号', '変更期限'])
  })

  it('fills once, and a subject stays one line whatever a name holds', () => {
    const facts = { お客様名: '{定期番号}\r\nBcc: all@example.jp', 定期番号: '7' }
    expect(writeMail({ subject: '{お客様名}様 {定期番号}', body: '｛ 定期番号 ｝' }, facts)).toEqual({
      subject: '{定期番号} Bcc: all@example.jp様 7',
      body: '7',
    })
  })
})
