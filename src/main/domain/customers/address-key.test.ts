import { describe, expect, it } from 'vitest'
import { addressKey } from './address-key'

describe('an address as one text', () => {
  it.each([
    ['東京都港区芝三丁目4番5号', '東京都港区芝3-4-5'],
    ['東京都港区芝３丁目４番５号', '東京都港区芝3-4-5'],
    ['東京都 港区 芝 3-4-5', '東京都港区芝3-4-5'],
    ['東京都港区芝3ー4−5', '東京都港区芝3-4-5'],
    ['東京都港区芝3の4の5', '東京都港区芝3-4-5'],
    ['大阪市北区梅田二十三番地', '大阪市北区梅田23'],
    ['札幌市中央区北十条西12丁目', '札幌市中央区北十条西12'],
  ])('%s is %s', (written, key) => {
    expect(addressKey(written)).toBe(key)
  })

  it('keeps names that look like numbers, and what tells neighbours apart', () => {
    expect(addressKey('千代田区三番町6')).toBe('千代田区三番町6')
    expect(addressKey('港区芝3-4-5', 'コーポ芝101')).not.toBe(addressKey('港区芝3-4-5', 'コーポ芝102'))
    expect(addressKey('港区芝3-45')).not.toBe(addressKey('港区芝34-5'))
  })
})
