import { ORPCError } from '@orpc/server'
import { z } from 'zod'
import { newSupportCode, type Log } from '../platform/log'
import { Refusal } from '../platform/refusal'

const Declared = z.record(z.string(), z.object({ message: z.string().optional() }).loose().optional())

/** What an input was refused for: where and why, never the value itself. */
const Issues = z.object({
  issues: z.array(z.object({ path: z.array(z.unknown()).optional(), message: z.string() }).loose()),
})

const placesOf = (issues: z.infer<typeof Issues>['issues']) =>
  issues.slice(0, 20).map(({ path }) => ({ path: (path ?? []).map(String).join('.').slice(0, 100) }))

/**
 * Turns whatever was thrown into what a screen may see: a declared code with its sentence, a refused input, or
 * one opaque code whose support code leads to the log line. No stack and no text of an unknown error leaves main.
 */
export function toScreenError(error: unknown, errorMap: unknown, path: readonly string[], log: Log) {
  const declared = Declared.safeParse(errorMap)
  if (error instanceof Refusal && declared.success && declared.data[error.code]) {
    const message = declared.data[error.code]?.message ?? error.code
    return new ORPCError(error.code, { message, data: error.data })
  }
  if (error instanceof ORPCError && error.code === 'BAD_REQUEST') {
    const parsed = Issues.safeParse(error.data)
    const issues = parsed.success ? parsed.data.issues : []
    return new ORPCError('BAD_REQUEST', {
      message: '入力の形式が正しくありません。',
      data: { fields: placesOf(issues) },
    })
  }
  const supportCode = newSupportCode()
  const answer = error instanceof ORPCError ? Issues.safeParse(error.cause) : null
  const refused = answer?.success ? placesOf(answer.data.issues).map(({ path }) => path) : undefined
  const shown =
    error instanceof Error
      ? { type: error.name, stack: error.stack ?? error.message }
      : { type: typeof error }
  log.error({ supportCode, procedure: path.join('.'), err: shown, refused }, 'procedure failed')
  return new ORPCError('INTERNAL_SERVER_ERROR', {
    message: '予期しないエラーが発生しました。入力内容は保存されています。サポートコードをお知らせください。',
    data: { supportCode },
  })
}
