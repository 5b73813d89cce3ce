import { oc } from '@orpc/contract'
import { z } from 'zod'
import type { Access } from './permissions'

/** What every procedure says of itself as data. */
export interface ProcedureMeta {
  readonly access?: Access
  [key: string]: unknown
}

/** Refusals that any procedure may answer with. Everything unexpected is one opaque code with a support code. */
export const commonErrors = {
  UNAUTHORIZED: { message: 'サインインしてください。' },
  LOCKED: { message: '画面がロックされています。パスワードを入力してください。' },
  FORBIDDEN: { message: 'この操作の権限がありません。管理者にご確認ください。' },
  NOT_FOUND: { message: '対象のデータが見つかりません。' },
  BAD_CURSOR: { message: '一覧の位置を読み取れませんでした。もう一度検索してください。' },
  STALE: {
    message: 'ほかの画面で更新されています。最新の内容を確認してください。',
    data: z.object({ version: z.int() }),
  },
} as const

const base = oc.$meta<ProcedureMeta>({}).errors(commonErrors)

/** Starts the definition of a procedure; who may call it comes first, so that it cannot be forgotten. */
export const procedure = (access: Access) => base.meta({ access })
