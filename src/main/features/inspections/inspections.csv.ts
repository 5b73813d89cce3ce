import { InspectionItem, type InspectionAnswer } from '../../../contract/keypad-inspections'
import type { Session } from '../../../contract/auth'
import { addDays, businessDate, startOfBusinessDate } from '../../domain/calendar/tokyo'
import { CSV_BOM, csvLine } from '../../platform/csv'
import { scopeOf, type InspectionsDeps } from './deps'
import { answersOf, nextRecords, type InspectionRecord } from './records.repository'

const CHUNK = 500

const ITEM_WORDS: Readonly<Record<InspectionItem, string>> = {
  serial: 'シリアル番号が台帳と一致',
  case: 'ケースの傷・開封跡なし',
  cable: 'ケーブル・コネクターに異物なし',
  label: '見慣れないラベルや部品なし',
  screen: '画面・キーに異常なし',
  place: '設置場所が正しい',
}

const HEAD = [
  '点検ID',
  '点検日時',
  '期限日',
  '判定',
  '署名者',
  '署名者ID',
  '機器ID',
  'シリアル番号',
  '機種',
  'ショップ',
  '席',
  ...InspectionItem.options.flatMap((item) => [ITEM_WORDS[item], `${ITEM_WORDS[item]} 注記`]),
  '備考',
  '写真(SHA-256)',
]

const DATE_TIME = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'short',
  timeStyle: 'medium',
})

function lineOf(record: InspectionRecord, answers: readonly InspectionAnswer[]): string {
  return csvLine([
    record.id,
    DATE_TIME.format(record.signed_at),
    record.due_on,
    record.result === 'pass' ? '異常なし' : '異常あり',
    record.signer_name,
    record.signed_by,
    record.keypad_id,
    record.serial,
    record.model,
    record.shop_name,
    record.seat,
    ...InspectionItem.options.flatMap((item) => {
      const found = answers.find((answer) => answer.item === item)
      return [found === undefined ? '' : found.answer === 'yes' ? 'はい' : 'いいえ', found?.note ?? '']
    }),
    record.note,
    record.photo_sha256,
  ])
}

/** Saves the inspections of a time (business dates, both included) where the person chooses. */
export async function exportInspections(
  deps: InspectionsDeps,
  session: Session,
  input: { from: string | null; to: string | null; keypadId: string | null },
): Promise<{ saved: boolean; rows: number }> {
  const { db } = deps.database
  let rows = 0
  async function* lines(): AsyncGenerator<string> {
    yield CSV_BOM + csvLine(HEAD)
    let after: { at: number; id: string } | null = null
    for (;;) {
      const records: InspectionRecord[] = await nextRecords(db, {
        scope: scopeOf(session),
        keypadId: input.keypadId,
        from: input.from === null ? 0 : startOfBusinessDate(input.from),
        before: input.to === null ? Number.MAX_SAFE_INTEGER : startOfBusinessDate(addDays(input.to, 1)),
        after,
        limit: CHUNK,
      })
      const answers = await answersOf(
        db,
        records.map(({ id }) => id),
      )
      if (records.length > 0) yield records.map((row) => lineOf(row, answers.get(row.id) ?? [])).join('')
      rows += records.length
      const last = records.at(-1)
      if (!last || records.length < CHUNK) return
      after = { at: last.signed_at, id: last.id }
    }
  }
  const { saved } = await deps.saveFile(`テンキー点検記録_${businessDate(deps.clock.now())}.csv`, lines())
  return { saved, rows: saved ? rows : 0 }
}
