import { describe, expect, it } from 'vitest'
import { addressOf, fillOver, type Address } from './address'

const town = {
  code: '1600023',
  prefecture: '東京都',
  city: '新宿区',
  cityKana: 'シンジュクク',
  town: '西新宿',
  townKana: 'ニシシンジュク',
  street: '',
  office: '',
}
const empty: Address = { postalCode: '1600023', prefecture: '', city: '', address: '', building: '' }
const filled = { prefecture: '東京都', city: '新宿区', address: '西新宿', building: '' }

describe('a postal code fills an address', () => {
  it('that is empty, or that it has filled before', () => {
    expect(fillOver(empty, town, null)).toEqual(filled)
    const other = { prefecture: '北海道', city: '札幌市', address: '大通西', building: '' }
    expect(fillOver({ ...empty, ...other }, town, other)).toEqual(filled)
  })

  it('and leaves what was typed behind the town', () => {
    expect(fillOver({ ...empty, address: '西新宿2-8-1' }, town, null)).toEqual({
      ...filled,
      address: '西新宿2-8-1',
    })
    expect(fillOver({ ...empty, building: '301号室' }, town, null)).toEqual({
      ...filled,
      building: '301号室',
    })
  })

  it.each([
    { prefecture: '大阪府' },
    { city: '渋谷区' },
    { address: '2-8-1' },
    { ...filled, address: '歌舞伎町1-1' },
  ])('but never over %o without asking', (typed) => {
    expect(fillOver({ ...empty, ...typed }, town, null)).toBeNull()
  })

  it('names the office of a code of its own', () => {
    const office = { ...town, street: '２－８－１', office: '東京都庁' }
    expect(addressOf(office, '')).toEqual({ ...filled, address: '西新宿２－８－１', building: '東京都庁' })
  })
})
