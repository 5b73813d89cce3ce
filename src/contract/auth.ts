import { z } from 'zod'
import { Permission, Role } from './permissions'
import { procedure } from './procedure'
import { Id, text } from './values'

export const DeskMode = z.enum(['training', 'production'])
export type DeskMode = z.infer<typeof DeskMode>

/** Who is signed in at this window. */
export const Session = z.object({
  userId: Id,
  name: z.string(),
  email: z.string(),
  role: Role,
  permissions: z.array(Permission),
  shop: z.object({ id: Id, name: z.string() }),
  locked: z.boolean(),
  idleLockMinutes: z.int(),
})
export type Session = z.infer<typeof Session>

export const Email = z.email().max(254)

/** At least 12 characters with a digit, an upper-case and a lower-case letter; no spaces around it. */
export const NewPassword = z
  .string()
  .min(12)
  .max(128)
  .regex(/[0-9]/)
  .regex(/[a-z]/)
  .regex(/[A-Z]/)
  .regex(/^\S(.*\S)?$/)

export const FirstRun = z.object({
  mode: DeskMode,
  shopName: text(60).min(1),
  adminName: text(40).min(1),
  email: Email,
  password: NewPassword,
})
export type FirstRun = z.infer<typeof FirstRun>

const signInErrors = {
  WRONG_CREDENTIALS: {
    message: 'メールアドレスまたはパスワードが違います。',
    data: z.object({ attemptsLeft: z.int().nullable() }),
  },
  ACCOUNT_LOCKED: {
    message: 'パスワードを5回続けて間違えたため、ロックされています。管理者に解除を依頼してください。',
  },
} as const

export const auth = {
  session: procedure('public').output(Session.nullable()),
  /** Creates the database of the chosen mode, the shop and its first admin, and signs the admin in. */
  firstRun: procedure('public')
    .input(FirstRun)
    .output(Session)
    .errors({ ALREADY_SET_UP: { message: '初期設定は完了しています。サインインしてください。' } }),
  signIn: procedure('public')
    .input(z.object({ email: z.string().max(254), password: z.string().max(128) }))
    .output(Session)
    .errors(signInErrors),
  signOut: procedure('session').output(z.null()),
  /** Opens the screen again after the idle lock. */
  unlock: procedure('session')
    .input(z.object({ password: z.string().max(128) }))
    .output(Session)
    .errors(signInErrors),
  /** Locks the screen now (Ctrl+L). */
  lock: procedure('session').output(z.null()),
  /** Tells that a person is at the desk; the screen calls it at most every 20 seconds of typing. */
  touch: procedure('session').output(z.null()),
}
