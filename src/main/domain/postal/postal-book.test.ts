import { describe, expect, it } from 'vitest'
import { PostalBook, PostalFileBroken } from './postal-book'
import { encodePostalFile } from './postal-file'
import { kanaOf, townOf, type Town } from './town'

const town = (
  code: string,
  prefecture: string,
  city: string,
  name: string,
  more: Partial<Town> = {},
): Town => ({
  code,
  prefecture,
  city,
  cityKana: 'シ',
  town: name,
  townKana: 'マチ',
  street: '',
  office: '',
  ...more,
})

const ROWS: readonly Town[] = [
  town('9218046', '石川県', '金沢市', '大桑町'),
  town('9218046', '石川県', '金沢市', '三小牛町'),
  town('4980000', '愛知県', '弥富市', ''),
  town('4980000', '三重県', '桑名郡木曽岬町', ''),
  town('0600042', '北海道', '札幌市中央区', '大通西'),
  town('0600041', '北海道', '札幌市中央区', '大通東'),
  town('0600000', '北海道', '札幌市中央区', ''),
  town('1006590', '東京都', '千代田区', '丸の内', { street: '１－５－１', office: '株式会社　例' }),
  town('1000005', '東京都', '千代田区', '丸の内'),
  town('1830000', '東京都', '府中市', ''),
  town('7260000', '広島県', '府中市', ''),
  town('2994301', '千葉県', '長生郡一宮町', '一宮'),
]
const book = () =>
  new PostalBook(Buffer.from(encodePostalFile(ROWS, { source: 'test', date: '2026-11-01' }).text))
const codes = (prefecture: string, city: string, address: string) =>
  book()
    .candidates({ prefecture, city, address })
    .map((found) => found.code)

describe('the postal directory', () => {
  it('knows all towns of a code, over towns, cities and prefectures', () => {
    expect(
      book()
        .lookup('9218046')
        .map((found) => found.town),
    ).toEqual(['大桑町', '三小牛町'])
    expect(
      book()
        .lookup('4980000')
        .map((found) => found.prefecture),
    ).toEqual(['愛知県', '三重県'])
    expect(book().lookup('1006590')).toEqual([ROWS[7]])
    expect(book().header).toEqual({ format: 1, source: 'test', date: '2026-11-01', towns: 12, codes: 10 })
  })

  it('answers with nothing to what is no code, or nobody has', () => {
    for (const code of ['0000000', '9999999', '921804', '', '92１8046'])
      expect(book().lookup(code)).toEqual([])
  })

  it('finds the codes of an address, by the longest town that it begins with', () => {
    expect(codes('北海道', '札幌市中央区', '大通西一丁目2')).toEqual(['0600042'])
    expect(codes('北海道', '札幌市中央区', '南一条')).toEqual(['0600000'])
    expect(codes('東京都', '千代田区', '丸ノ内1-1')).toEqual(['1000005'])
    expect(codes('', '府中市', '')).toEqual(['1830000', '7260000'])
    expect(codes('広島県', '府中市', '')).toEqual(['7260000'])
    expect(codes('沖縄県', '那覇市', '')).toEqual([])
    expect(codes('', '', '')).toEqual([])
  })

  it('refuses a file that is not its own', () => {
    const { text } = encodePostalFile(ROWS, { source: 'test', date: '2026-11-01' })
    for (const broken of ['', '{}\n', text.slice(0, 200), text.replace('"towns":12', '"towns":99')]) {
      expect(() => new PostalBook(Buffer.from(broken))).toThrow(PostalFileBroken)
    }
  })
})

describe('the towns of a directory', () => {
  it.each([
    ['以下に掲載がない場合', ''],
    ['琴平町の次に４２７番地以降がくる場合', ''],
    ['小菅村一円', ''],
    ['一円', '一円'],
    ['大通西（１〜１９丁目）', '大通西'],
    ['名駅ミッドランドスクエア（高層棟）１階', '名駅ミッドランドスクエア（高層棟）１階'],
    ['丸の内パレスビル（地階・階層不明）', '丸の内パレスビル'],
    ['種市第１５地割〜第２１地割', '種市'],
  ])('%s is %s', (written, kept) => {
    expect(townOf(written)).toBe(kept)
  })

  it('have their kana in full width, without remarks', () => {
    expect(kanaOf('ｵｵﾄﾞｵﾘﾆｼ(1-19ﾁｮｳﾒ)')).toBe('オオドオリニシ')
    expect(kanaOf('ｲｶﾆｹｲｻｲｶﾞﾅｲﾊﾞｱｲ')).toBe('')
  })
})
