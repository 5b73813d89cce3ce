import { PREFECTURES } from '../../domain/people/contact-fields'
import type { RemoteArea } from '../../domain/calendar/delivery'

/** Two days from 関東: the north island, Kyushu and Okinawa. */
const FAR = new Set('北海道 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県'.split(' '))

/** Days on the road from a shop in 関東. A start: each shop has its own table at its carrier. */
export const DEFAULT_LEAD_TIMES: readonly { prefecture: string; days: number }[] = PREFECTURES.map(
  (prefecture) => ({ prefecture, days: FAR.has(prefecture) ? 2 : 1 }),
)

const area = (name: string, days: number, prefixes: string): RemoteArea[] =>
  prefixes.split(' ').map((prefix) => ({ prefix, name, days }))

/** Islands by the beginnings of their postal codes, as the postal directory has them. */
export const DEFAULT_REMOTE_AREAS: readonly RemoteArea[] = [
  ...area('奥尻島', 1, '04314 04315'),
  ...area('利尻島・礼文島', 1, '09701 09702 09703 09704 09711'),
  ...area('伊豆諸島', 2, '10001 10002 10003 10004 10005 10006 1001'),
  ...area('小笠原諸島', 7, '1002'),
  ...area('隠岐諸島', 1, '68401 68402 68403 68404 685'),
  ...area('壱岐', 1, '8115'),
  ...area('対馬', 1, '817'),
  ...area('五島列島', 1, '853 85741 85742 85744 85745 85746 85747'),
  ...area('三島村・十島村', 3, '89009 8915'),
  ...area('種子島・屋久島', 1, '8913 8914'),
  ...area('奄美群島', 2, '8916 8917 8918 8919 894'),
  ...area('沖縄の離島', 2, '90131 90133 90134 90135 90136 90137 90138 90139 90505 90506 90507'),
  ...area('宮古列島', 2, '906'),
  ...area('八重山列島', 2, '907'),
  ...area('佐渡島', 1, '952'),
  ...area('粟島', 1, '9580061'),
]
