import { z } from 'zod'
import type { OpenConfig } from '../../src/main/db/open-database'
import { childUntilDeath } from './child-until-death'
import { randomFrom } from './random'

const Said = z.object({ importId: z.uuid(), state: z.string() })

/** Runs one desk until it dies or its import halts; null: it died. */
const runChild = async (task: object) => Said.nullable().parse(await childUntilDeath('import-child.ts', task))

/**
 * Imports a file on desks that are killed one after the other, each after some of its batches (at most `within`), until one
 * comes to a halt. Answers with how often a desk died, and what the last one said.
 */
export async function importThroughKills(
  config: OpenConfig,
  options: {
    readonly file: string | null
    readonly broken: 'skip' | 'ask'
    readonly kills: number
    readonly within: number
    readonly seed: number
  },
): Promise<{ died: number; importId: string; state: string }> {
  const { file, broken, kills, within, seed } = options
  const random = randomFrom(seed)
  let begun = false
  for (let died = 0; ;) {
    const killAtBatch = died < kills ? 2 + random.int(within) : 0
    const task = { config, broken, file: begun ? null : file, killAtBatch, killAfterMs: random.int(12) }
    const said = await runChild(task)
    if (said) return { died, ...said }
    died++
    begun = true
  }
}
