import type { NormalRow } from '../../domain/customer-csv/normal-row'

/** The columns of a customer that a file tells of. */
export const changesOf = (row: NormalRow) => ({
  family_name: row.familyName,
  given_name: row.givenName,
  family_kana: row.familyKana,
  given_kana: row.givenKana,
  email: row.email,
  phone: row.phone,
  phone_last4: row.phone.slice(-4),
  postal_code: row.postalCode,
  prefecture: row.prefecture,
  city: row.city,
  address: row.address,
  building: row.building,
  note: row.note,
  company: row.company,
  sex: row.sex,
  birthday: row.birthday,
  job_code: row.jobCode,
})
