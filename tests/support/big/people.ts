import { chance, type Chance } from '../../../src/main/app/sample-data/random'
import { FAMILY_NAMES, GIVEN_NAMES, TOWNS, type Town } from '../../../src/main/app/sample-data/names'

/** Halves of rarer family names: 山/ヤマ and 田/タ make 山田/ヤマタ. */
const pairs = (text: string) => text.split(' ').map((entry) => entry.split('/') as [string, string])
const FRONT = pairs(
  '相/アイ 青/アオ 秋/アキ 浅/アサ 飯/イイ 池/イケ 石/イシ 磯/イソ 市/イチ 今/イマ 岩/イワ 植/ウエ 内/ウチ 梅/ウメ 江/エ 大/オオ 岡/オカ 奥/オク 尾/オ 小/コ 加/カ 片/カタ 金/カネ 上/カミ 川/カワ 菊/キク 北/キタ 木/キ 久/ク 熊/クマ 倉/クラ 黒/クロ 桑/クワ 坂/サカ 佐/サ 沢/サワ 澤/サワ 塩/シオ 島/シマ 嶋/シマ 下/シモ 白/シロ 杉/スギ 関/セキ 高/タカ 髙/タカ 竹/タケ 谷/タニ 玉/タマ 千/チ 津/ツ 土/ツチ 鶴/ツル 寺/テラ 戸/ト 富/トミ 冨/トミ 永/ナガ 長/ナガ 中/ナカ 西/ニシ 根/ネ 野/ノ 萩/ハギ 橋/ハシ 浜/ハマ 濱/ハマ 早/ハヤ 原/ハラ 東/ヒガシ 平/ヒラ 広/ヒロ 深/フカ 福/フク 藤/フジ 古/フル 星/ホシ 細/ホソ 堀/ホリ 前/マエ 真/マ 松/マツ 丸/マル 水/ミズ 溝/ミゾ 南/ミナミ 宮/ミヤ 向/ムカイ 村/ムラ 望/モチ 本/モト 森/モリ 安/ヤス 柳/ヤナギ 矢/ヤ 山/ヤマ 横/ヨコ 吉/ヨシ 米/ヨネ 若/ワカ',
)
const BACK = pairs(
  '井/イ 石/イシ 泉/イズミ 江/エ 枝/エダ 岡/オカ 垣/ガキ 方/カタ 上/カミ 川/カワ 木/キ 岸/キシ 口/グチ 倉/クラ 子/コ 坂/サカ 崎/サキ 﨑/サキ 沢/ザワ 澤/ザワ 島/シマ 下/シタ 園/ゾノ 田/タ 谷/タニ 塚/ツカ 辻/ツジ 津/ツ 寺/デラ 戸/ド 永/ナガ 中/ナカ 西/ニシ 根/ネ 野/ノ 橋/ハシ 畑/ハタ 浜/ハマ 林/バヤシ 原/ハラ 平/ヒラ 辺/ベ 邊/ベ 松/マツ 見/ミ 宮/ミヤ 村/ムラ 本/モト 森/モリ 屋/ヤ 山/ヤマ 脇/ワキ',
)

/** Towns of each prefecture are made up beside the real ones: area code, first digits of the postal code, city, town. */
const PREFECTURES =
  '北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県'.split(
    ' ',
  )
/** Ten thousand people each, roughly (国勢調査). */
const WEIGHTS = [
  522, 124, 121, 230, 96, 107, 183, 287, 193, 194, 734, 628, 1405, 924, 220, 103, 113, 77, 81, 205, 198, 363,
  754, 177, 141, 258, 884, 547, 132, 92, 55, 67, 189, 280, 134, 72, 95, 133, 69, 514, 81, 131, 174, 112, 107,
  159, 147,
]
const CITY = [
  '緑が丘市',
  '大川市',
  '中央市',
  '北山市',
  '南原市',
  '東浜市',
  '西野市',
  '白石市',
  '青葉区',
  '港区',
  '本庄市',
  '三好郡三好町',
]
const TOWN =
  '本町 栄町 緑町 中町 旭町 幸町 東町 西町 南町 北町 大手町 桜台 若葉台 松原 竹の塚 梅ヶ丘 泉 清水 新田 上野原 下之郷 富士見 日の出 花園 高砂 宝町 常盤 神明 八幡 稲荷'.split(
    ' ',
  )
const BUILDINGS = [
  '',
  '',
  '',
  '',
  'グリーンハイツ',
  'メゾン青葉',
  'サンライズ',
  'コーポ松',
  '第二山田ビル',
  'パークサイド',
]

/** Where each prefecture begins on a line as long as all of them together. */
const PLACES = PREFECTURES.map((prefecture, index) => ({
  prefecture,
  from: WEIGHTS.slice(0, index).reduce((sum, weight) => sum + weight, 0),
}))
const ALL = WEIGHTS.reduce((sum, weight) => sum + weight, 0)

function placeOf(luck: Chance): Town {
  if (luck.below(10) < 3) return luck.pick(TOWNS)
  const at = luck.below(ALL)
  const place = PLACES.findLast(({ from }) => from <= at)
  const prefecture = place?.prefecture ?? '東京都'
  const code = String(1_000_000 + luck.below(8_999_999))
  const area = `0${1 + luck.below(9)}${luck.below(10)}`
  return { postalCode: code, prefecture, city: luck.pick(CITY), town: luck.pick(TOWN), area }
}

/** A family name: four in ten are common ones, the rest are made of two halves. */
function familyOf(luck: Chance): readonly [string, string] {
  if (luck.below(10) < 4) return luck.pickSkewed(FAMILY_NAMES)
  const [front, back] = [luck.pickSkewed(FRONT), luck.pick(BACK)]
  return [front[0] + back[0], front[1] + back[1]]
}

function phoneOf(area: string, luck: Chance): string {
  if (luck.below(10) < 6)
    return `0${luck.pick([7, 8, 9])}0${String(luck.below(100_000_000)).padStart(8, '0')}`
  return area + String(luck.below(10 ** (10 - area.length))).padStart(10 - area.length, '0')
}

const digits = (luck: Chance, limit: number) => 1 + luck.below(limit)

/** A customer as normalised by the desk; the same for the same seed. */
export function person(luck: Chance, number: number) {
  const [familyName, familyKana] = familyOf(luck)
  const [givenName, givenKana] = luck.pick(GIVEN_NAMES)
  const { postalCode, prefecture, city, town, area } = placeOf(luck)
  const building = luck.pick(BUILDINGS)
  return {
    number,
    familyName,
    givenName,
    familyKana,
    givenKana,
    phone: phoneOf(area, luck),
    email:
      luck.below(10) < 4
        ? `user${number}@${luck.pick(['example.jp', 'example.com', 'mail.example.ne.jp'])}`
        : '',
    postalCode,
    prefecture,
    city,
    address: `${town}${digits(luck, 9)}-${digits(luck, 30)}-${digits(luck, 20)}`,
    building: building === '' ? '' : `${building}${100 + luck.below(900)}`,
  }
}

export { chance }
export type Person = ReturnType<typeof person>
