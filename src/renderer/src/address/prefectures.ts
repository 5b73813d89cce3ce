import { normalizeForSearch } from '../../../contract/text'

/** The 47 prefectures from north to south, each with its reading, so that kana find them too. */
const PREFECTURES: readonly (readonly [name: string, kana: string])[] = [
  ['北海道', 'ホッカイドウ'],
  ['青森県', 'アオモリ'],
  ['岩手県', 'イワテ'],
  ['宮城県', 'ミヤギ'],
  ['秋田県', 'アキタ'],
  ['山形県', 'ヤマガタ'],
  ['福島県', 'フクシマ'],
  ['茨城県', 'イバラキ'],
  ['栃木県', 'トチギ'],
  ['群馬県', 'グンマ'],
  ['埼玉県', 'サイタマ'],
  ['千葉県', 'チバ'],
  ['東京都', 'トウキョウ'],
  ['神奈川県', 'カナガワ'],
  ['新潟県', 'ニイガタ'],
  ['富山県', 'トヤマ'],
  ['石川県', 'イシカワ'],
  ['福井県', 'フクイ'],
  ['山梨県', 'ヤマナシ'],
  ['長野県', 'ナガノ'],
  ['岐阜県', 'ギフ'],
  ['静岡県', 'シズオカ'],
  ['愛知県', 'アイチ'],
  ['三重県', 'ミエ'],
  ['滋賀県', 'シガ'],
  ['京都府', 'キョウト'],
  ['大阪府', 'オオサカ'],
  ['兵庫県', 'ヒョウゴ'],
  ['奈良県', 'ナラ'],
  ['和歌山県', 'ワカヤマ'],
  ['鳥取県', 'トットリ'],
  ['島根県', 'シマネ'],
  ['岡山県', 'オカヤマ'],
  ['広島県', 'ヒロシマ'],
  ['山口県', 'ヤマグチ'],
  ['徳島県', 'トクシマ'],
  ['香川県', 'カガワ'],
  ['愛媛県', 'エヒメ'],
  ['高知県', 'コウチ'],
  ['福岡県', 'フクオカ'],
  ['佐賀県', 'サガ'],
  ['長崎県', 'ナガサキ'],
  ['熊本県', 'クマモト'],
  ['大分県', 'オオイタ'],
  ['宮崎県', 'ミヤザキ'],
  ['鹿児島県', 'カゴシマ'],
  ['沖縄県', 'オキナワ'],
]

export const isPrefecture = (name: string): boolean => PREFECTURES.some(([known]) => known === name)

/** Prefectures whose name or reading begins with what was typed; all of them while nothing is typed. */
export function prefecturesFor(typed: string): readonly string[] {
  const wanted = normalizeForSearch(typed)
  return PREFECTURES.filter(
    ([name, kana]) =>
      normalizeForSearch(name).startsWith(wanted) || normalizeForSearch(kana).startsWith(wanted),
  ).map(([name]) => name)
}
