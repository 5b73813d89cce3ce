import type { SubscriptionCsvField } from '../../../contract/subscription-imports'

/** The meaning of each column by its position; null: not taken. */
export type ContractColumns = readonly (SubscriptionCsvField | null)[]

const plain = (header: string): string =>
  header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-・()[\]【】「」:*※]/gu, '')

/** The first pattern that fits a header tells its meaning. */
const GUESSES: readonly (readonly [RegExp, SubscriptionCsvField])[] = [
  [/^(定期|契約|subscription)(注文)?(id|no|番号|コード)$/, 'externalNumber'],
  [/(会員|顧客|お客様|得意先)(id|no|番号|コード)$|^customer(id|no|number)$/, 'customerNumber'],
  [/(届け先|配送先|送付先|ship).*(氏名|名前|名|name)$/, 'shipName'],
  [/(届け先|配送先|送付先|ship).*(電話|tel|phone)/, 'shipPhone'],
  [/(届け先|配送先|送付先|ship).*(郵便|〒|zip|postal)/, 'shipPostalCode'],
  [/(届け先|配送先|送付先|ship).*(都道府県|prefecture)/, 'shipPrefecture'],
  [/(届け先|配送先|送付先|ship).*(市区|city)/, 'shipCity'],
  [/(届け先|配送先|送付先|ship).*(番地|町名|street)/, 'shipAddress'],
  [/(届け先|配送先|送付先|ship).*(建物|building)/, 'shipBuilding'],
  [/(届け先|配送先|送付先|ship).*(住所|address)/, 'shipFullAddress'],
  [/商品の?組み?方|セット区分|^itemmode/, 'itemMode'],
  [/回ごとの?価格|価格の?段階|段階価格|割引$|割引(条件|内容)|^pricesteps/, 'priceSteps'],
  [/のし.*名(入れ|前)|^名入れ/, 'noshiName'],
  [/内のし|外のし|のし.*(位置|掛け)/, 'noshiPlace'],
  [/水引/, 'noshiCord'],
  [/のし|表書/, 'noshiTitle'],
  [/包装|ラッピング|wrapping/, 'wrapping'],
  [/手提げ|紙袋/, 'bag'],
  [/メッセージ|message/, 'message'],
  [/再開(予定)?日|(停止|休止).*(終了|まで)|^pauseuntil/, 'pauseUntil'],
  [/(停止|休止).*(開始|日|から)|^pausefrom/, 'pauseFrom'],
  [/^(定期|契約|継続|ご?利用)?の?(状態|状況|ステータス|status)$/, 'state'],
  [/終了する?回|最終回|^lastturn/, 'lastTurn'],
  [/(届け|配送|配達)?(時間帯|時間|slot)/, 'slot'],
  [/次回(お)?(届け|配送|発送|出荷)?(予定)?日|^next/, 'nextDeliverOn'],
  [/(届け|配送|定期)?(周期|間隔|サイクル|コース)$|^cycle|^rule/, 'rule'],
  [/最低(継続)?回数|^minturns/, 'minTurns'],
  [/(回数|済み回|継続回|配送回|turns?)/, 'turnsDone'],
  [/(開始|契約|申込|登録)日|^started/, 'startedOn'],
  [/^(支払|決済)|payment/, 'paymentMethod'],
  [/トークン|token|カード(登録)?(id|キー)/, 'cardToken'],
  [/カード.*(下|last)/, 'cardLast3'],
  [/(商品|品番|sku)(コード|番号|id)?(2|二)$/, 'product2'],
  [/(商品|品番|sku)(コード|番号|id)?(3|三)$/, 'product3'],
  [/(商品コード|商品番号|品番|商品id|sku)1?$/, 'product1'],
  [/数量2$|^quantity2/, 'quantity2'],
  [/数量3$|^quantity3/, 'quantity3'],
  [/数量1?$|^quantity/, 'quantity1'],
  [/(単価|価格)2$|^price2/, 'price2'],
  [/(単価|価格)3$|^price3/, 'price3'],
  [/(単価|価格)1?$|^price/, 'price1'],
  [/^商品$|商品(内容|一覧)|^items$/, 'items'],
  [/メール|mail/, 'email'],
  [/電話|tel|phone|携帯/, 'phone'],
  [/メモ|備考|note|memo/, 'note'],
]

/** What the columns of a head line mean, guessed from their names; each meaning is given once. */
export function guessContractColumns(head: readonly string[]): (SubscriptionCsvField | null)[] {
  const given = new Set<SubscriptionCsvField>()
  return head.map((header) => {
    const name = plain(header)
    const meaning = GUESSES.find(([pattern]) => pattern.test(name))?.[1] ?? null
    if (meaning === null || given.has(meaning)) return null
    given.add(meaning)
    return meaning
  })
}
