import { z } from 'zod'
import { procedure } from './procedure'
import { Id, text } from './values'

/** Lists whose searches can be kept. */
export const SavedList = z.enum(['customers', 'orders', 'products'])
export type SavedList = z.infer<typeof SavedList>

export const SavedSearch = z.object({
  id: Id,
  name: z.string(),
  /** The query part of the list's address, without `?`. */
  query: z.string(),
})
export type SavedSearch = z.infer<typeof SavedSearch>

/** 保存した検索: each person's own. */
export const savedSearches = {
  list: procedure('home.read')
    .input(z.object({ list: SavedList }))
    .output(z.array(SavedSearch)),
  /** Keeps a search; one of the same name is written over. */
  save: procedure('home.read')
    .input(z.object({ list: SavedList, name: text(40).min(1), query: text(600) }))
    .output(z.array(SavedSearch))
    .errors({ TOO_MANY: { message: '保存できる検索は30件までです。使わないものを削除してください。' } }),
  remove: procedure('home.read')
    .input(z.object({ list: SavedList, id: Id }))
    .output(z.array(SavedSearch)),
}
