/** One product of the sample shop: code, name, reading, price with tax, tax class, temperature. */
export interface Good {
  readonly code: string
  readonly name: string
  readonly kana: string
  readonly price: number
  readonly taxClass: 'standard' | 'reduced'
  readonly temperature: 'normal' | 'chilled' | 'frozen'
}

const TAX = { 軽: 'reduced', 標: 'standard' } as const
const HEAT = { 常: 'normal', 冷: 'chilled', 凍: 'frozen' } as const

const isKeyOf = <T extends object>(table: T, key: string): key is Extract<keyof T, string> =>
  Object.hasOwn(table, key)

/** Food and drink at the reduced rate, care and household goods at the standard one. */
export const GOODS: readonly Good[] = `
  A101 黒酢しょうが粒(30日分) クロズショウガツブ 3240 軽 常|A102 国産青汁スティック(30包) コクサンアオジルスティック 3980 軽 常
  |A103 すっぽん黒にんにく(62粒) スッポンクロニンニク 4860 軽 常|A104 グルコサミンプラス(90粒) グルコサミンプラス 3780 軽 常
  |A105 ブルーベリー&ルテイン(60粒) ブルーベリールテイン 2980 軽 常|A106 乳酸菌のちから(30包) ニュウサンキンノチカラ 3500 軽 常
  |A107 えごま油(180g) エゴマアブラ 1728 軽 常|A108 はちみつ黒酢ドリンク(720ml) ハチミツクロズドリンク 2160 軽 常
  |B201 紀州南高梅 はちみつ(500g) キシュウナンコウウメハチミツ 2700 軽 常|B202 紀州南高梅 しそ(500g) キシュウナンコウウメシソ 2700 軽 常
  |B203 北海道いくら醤油漬(250g) ホッカイドウイクラショウユヅケ 5400 軽 凍|B204 三陸わかめ(200g) サンリクワカメ 1296 軽 冷
  |B205 明太子 切子(500g) メンタイコキレコ 3240 軽 凍|B206 だしパック(30袋) ダシパック 2380 軽 常
  |B207 魚沼産コシヒカリ(5kg) ウオヌマサンコシヒカリ 4320 軽 常|B208 讃岐うどん 半生(12人前) サヌキウドンハンナマ 2592 軽 常
  |B209 信州りんごジュース(6本) シンシュウリンゴジュース 3888 軽 常|B210 冷凍ぎょうざ(60個) レイトウギョウザ 2916 軽 凍
  |B211 味噌漬け銀だら(6切) ミソヅケギンダラ 4980 軽 凍|B212 おかき詰合せ オカキツメアワセ 2160 軽 常
  |C301 深蒸し煎茶(100g) フカムシセンチャ 1080 軽 常|C302 特上ほうじ茶(150g) トクジョウホウジチャ 864 軽 常
  |C303 ごぼう茶(30包) ゴボウチャ 1620 軽 常|C304 ルイボスティー(50包) ルイボスティー 1480 軽 常
  |C305 ドリップコーヒー(40袋) ドリップコーヒー 2592 軽 常|C306 甘酒(12本) アマザケ 2808 軽 常
  |D401 馬油クリーム(70g) バーユクリーム 2200 標 常|D402 薬用育毛剤(150ml) ヤクヨウイクモウザイ 5500 標 常
  |D403 オールインワンジェル(100g) オールインワンジェル 4180 標 常|D404 どろ洗顔(120g) ドロセンガン 1980 標 常
  |D405 白髪染めトリートメント(200g) シラガゾメトリートメント 3300 標 常|D406 椿オイル(50ml) ツバキオイル 1760 標 常
  |D407 薬用歯みがき(100g) ヤクヨウハミガキ 1320 標 常|D408 入浴剤 ゆず(20包) ニュウヨクザイユズ 1650 標 常
  |E501 腰サポーター(M) コシサポーターM 3850 標 常|E502 腰サポーター(L) コシサポーターL 3850 標 常
  |E503 着圧ソックス(3足組) チャクアツソックス 2970 標 常|E504 低反発まくら テイハンパツマクラ 6600 標 常
  |E505 今治フェイスタオル(5枚組) イマバリフェイスタオル 4400 標 常|E506 ステンレス水筒(500ml) ステンレススイトウ 3080 標 常`
  .split('|')
  .map((line) => {
    const parts = line.trim().split(' ')
    const [temperature = '常', tax = '標', price = '0', kana = ''] = parts.slice(-4).toReversed()
    const name = parts.slice(1, -4).join(' ')
    return {
      code: parts[0] ?? '',
      name,
      kana,
      price: Number(price),
      taxClass: isKeyOf(TAX, tax) ? TAX[tax] : 'standard',
      temperature: isKeyOf(HEAT, temperature) ? HEAT[temperature] : 'normal',
    }
  })
