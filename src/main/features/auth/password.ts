import { hash, verify } from '@node-rs/argon2'

/** argon2id with the parameters of RFC 9106's second recommended option (64 MiB, 3 passes, 4 lanes). */
const OPTIONS = { memoryCost: 65_536, timeCost: 3, parallelism: 4 } as const

/** Hash of a password in PHC string form, with its own salt. */
export const hashPassword = (password: string): Promise<string> => hash(password, OPTIONS)

export async function passwordMatches(stored: string, password: string): Promise<boolean> {
  return verify(stored, password).catch(() => false)
}
