import type { Session } from '../../../contract/auth'
import type { KeypadFilter } from '../../../contract/keypad-monitor'
import { KeypadUpdateState } from '../../../contract/keypad-updates'
import { businessDate } from '../../domain/calendar/tokyo'
import { CSV_BOM, csvLine } from '../../platform/csv'
import { scopeOf, type MonitorRouterDeps } from './deps'
import { listKeypads, type ShownRow } from './keypad-monitor.repository'
import { p2peOf, stateOf } from './states'
import { CABLE_WORDS, P2PE_WORDS, STATE_WORDS, UPDATE_WORDS } from './words'

const CHUNK = 200

const HEAD = [
  '状態',
  'シリアル番号',
  '型番',
  '接続',
  'P2PEステータス',
  'セキュリティレベル',
  '鍵セットID',
  '鍵の残り回数',
  'ショップ',
  '席',
  'ソフトウェアバージョン',
  '更新の状態',
  '更新予定日時',
  '登録日時',
  '最終接続',
  'テンキーID',
]

const DATE_TIME = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Tokyo',
  dateStyle: 'short',
  timeStyle: 'medium',
})
const time = (at: number | null): string => (at === null ? '' : DATE_TIME.format(at))

function lineOf(row: ShownRow, now: number): string {
  const update = KeypadUpdateState.safeParse(row.update_state)
  return csvLine([
    STATE_WORDS[stateOf(row, now)],
    row.serial,
    row.model,
    CABLE_WORDS[row.cable],
    P2PE_WORDS[p2peOf(row)],
    row.security_level,
    row.key_set,
    row.uses_left,
    row.shop_name,
    row.seat,
    row.firmware,
    update.success ? UPDATE_WORDS[update.data] : '',
    time(row.update_at),
    time(row.registered_at),
    time(row.last_seen_at),
    row.id,
  ])
}

/** Saves the filtered list where the person chooses. */
export async function exportKeypads(
  deps: MonitorRouterDeps,
  session: Session,
  filter: KeypadFilter,
): Promise<{ saved: boolean; rows: number }> {
  const now = deps.clock.now()
  let rows = 0
  async function* lines(): AsyncGenerator<string> {
    yield CSV_BOM + csvLine(HEAD)
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof listKeypads>> = await listKeypads(deps.database.db, {
        scope: scopeOf(session),
        filter,
        sort: 'serial',
        descending: false,
        cursor,
        limit: CHUNK,
        now,
      })
      rows += page.items.length
      yield page.items.map((row) => lineOf(row, now)).join('')
      cursor = page.next
    } while (cursor !== null)
  }
  const { saved } = await deps.saveFile(`テンキー一覧_${businessDate(now)}.csv`, lines())
  return { saved, rows: saved ? rows : 0 }
}
