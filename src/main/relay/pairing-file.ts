import { randomInt } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { pairingVerifier, type PairingVerifier } from '../devices/relay/pairing'
import { writePrivate } from './certificate'

const LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const GROUPS = 5
const GROUP_LETTERS = 5

/** 25 letters of 32: 125 random bits, in groups that can be copied by hand. */
export function newPairingCode(): string {
  const group = () => Array.from({ length: GROUP_LETTERS }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  return Array.from({ length: GROUPS }, group).join('-')
}

const Key = z
  .string()
  .regex(/^[\da-f]{64}$/)
  .transform((hex) => Buffer.from(hex, 'hex'))
const PairingFile = z.object({ storedKey: Key, relayKey: Key })

export interface Pairing {
  readonly verifier: PairingVerifier
  /** The code itself, only in the run that made it: it is kept nowhere. */
  readonly newCode: string | null
}

/** The kept pairing, or a new one. Throws when the file is there and cannot be read. */
export async function openPairing(folder: string, renew: boolean): Promise<Pairing> {
  const path = join(folder, 'pairing.json')
  const kept = renew ? null : await readPairing(path)
  if (kept !== null) return { verifier: kept, newCode: null }
  const newCode = newPairingCode()
  const verifier = pairingVerifier(newCode)
  const text = { storedKey: verifier.storedKey.toString('hex'), relayKey: verifier.relayKey.toString('hex') }
  await writePrivate(path, `${JSON.stringify(text)}\n`)
  return { verifier, newCode }
}

async function readPairing(path: string): Promise<PairingVerifier | null> {
  try {
    return PairingFile.parse(JSON.parse(await readFile(path, 'utf8')))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
