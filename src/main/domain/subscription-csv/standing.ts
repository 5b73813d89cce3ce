import { z } from 'zod'
import { PlainDate } from '../../../contract/values'
import type { Cells } from './cells'

/** 停止 as the file tells of it. `from` null: since some day before; `until` null: until the customer calls. */
export const CsvPause = z.object({ from: PlainDate.nullable(), until: PlainDate.nullable() })
export type CsvPause = z.infer<typeof CsvPause>

const ENDED = /解約|退会|終了|満了|キャンセル|取消|cancel|finish/i
const PAUSED = /停止|休止|休会|お休み|中断|pause/i
const ACTIVE = /継続|有効|稼働|利用中|契約中|配送中|通常|active/i

/** Whether a contract is on hold; one that has ended is refused. */
export function pauseOf(cells: Cells): CsvPause | null {
  const state = cells.plain('state')
  const from = cells.date('pauseFrom', '停止の開始日')
  const until = cells.date('pauseUntil', '再開日')
  if (from !== null && until !== null && until <= from)
    cells.refuse('再開日は、停止の開始日より後の日にしてください。')
  if (ENDED.test(state)) {
    cells.refuse(`終わった定期です(「${state.slice(0, 20)}」)。続いている定期だけを取り込みます。`)
    return null
  }
  if (PAUSED.test(state)) return { from, until }
  if (state !== '' && !ACTIVE.test(state))
    cells.refuse(`契約の状態「${state.slice(0, 20)}」は「継続中」「停止中」のどちらかにしてください。`)
  // What goes on although it was once put on hold has gone on since.
  return until !== null || (state === '' && from !== null) ? { from, until } : null
}
