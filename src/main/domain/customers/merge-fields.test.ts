import { describe, expect, it } from 'vitest'
import { MergeField, type MergeChoice } from '../../../contract/customer-merge'
import { mergedColumns, proposedChoice, type MergeColumns } from './merge-fields'

const kept: MergeColumns = {
  family_name: '佐藤',
  given_name: '花子',
  family_kana: 'サトウ',
  given_kana: 'ハナコ',
  phone: '0311111111',
  phone_last4: '1111',
  email: null,
  postal_code: '1000001',
  prefecture: '東京都',
  city: '千代田区',
  address: '千代田1-1',
  building: null,
  company: null,
  sex: null,
  birthday: null,
  job_code: null,
  mail_consent: 'yes',
  dm_consent: 'unknown',
  note: '朝は留守',
  blacklist: 'none',
  blacklist_reason: null,
}
const merged: MergeColumns = {
  ...kept,
  phone: '0322222222',
  phone_last4: '2222',
  email: 'h@example.jp',
  building: '202号室',
  mail_consent: 'no',
  dm_consent: 'yes',
  note: '犬がいる',
  blacklist: 'candidate',
  blacklist_reason: '長期不在',
}
const proposed = Object.fromEntries(
  MergeField.options.map((field) => [field, proposedChoice(field, kept, merged)]),
) as Record<MergeField, MergeChoice>

describe('which value stays', () => {
  it('the kept one, the other where there is none, a refusal of mail in any case, and both notes', () => {
    expect(proposed).toMatchObject({
      name: 'kept',
      phone: 'kept',
      email: 'merged',
      mailConsent: 'merged',
      dmConsent: 'merged',
      note: 'both',
      company: 'kept',
    })
  })

  it('only what changes is written, an address as a whole, and the stricter standing stays', () => {
    const changes = mergedColumns(kept, merged, { ...proposed, address: 'merged' })
    expect(changes).toEqual({
      email: 'h@example.jp',
      building: '202号室',
      mail_consent: 'no',
      dm_consent: 'yes',
      note: '朝は留守\n犬がいる',
      blacklist: 'candidate',
      blacklist_reason: '長期不在',
    })
    expect(mergedColumns({ ...kept, blacklist: 'listed' }, merged, proposed).blacklist).toBeUndefined()
  })

  it('notes that would be too long together are not joined', () => {
    const long = { ...merged, note: 'あ'.repeat(1999) }
    expect(proposedChoice('note', kept, long)).toBe('kept')
  })
})
