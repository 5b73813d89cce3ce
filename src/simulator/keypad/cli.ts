import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { KeyRequest } from './control-server'
import { defaultDataFolder, READY_FILE } from './data-folder'
import { FAULTS } from './device'

const USAGE = `keypad --pan <test card> --exp <YYMM> [--format C0|85] [--fault <fault>] [--data FOLDER]
Keys a card on the running keypad simulator. Faults: ${FAULTS.join(', ')}.
Exit: 0 sent to a desk, 1 not taken or nobody was waiting for it, 2 wrong usage, 3 no simulator is running.`

const ReadyFile = z.object({ control: z.object({ port: z.int(), token: z.string() }) })
const Answer = z.object({ ok: z.boolean(), delivered: z.boolean().optional(), error: z.string().optional() })

function say(exitCode: number, line: string): number {
  const out = exitCode === 0 ? process.stdout : process.stderr
  out.write(`${line}\n`)
  return exitCode
}

async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      pan: { type: 'string' },
      exp: { type: 'string' },
      format: { type: 'string', default: 'C0' },
      fault: { type: 'string' },
      data: { type: 'string' },
    },
  })
  const { pan, exp, format, fault, data } = values
  if (pan === undefined || exp === undefined) return say(2, USAGE)
  const request = KeyRequest.safeParse({
    pan: pan.replaceAll(/[\s-]/g, ''),
    exp,
    format,
    fault: fault ?? null,
  })
  if (!request.success)
    return say(
      2,
      `Wrong: ${request.error.issues.map(({ path }) => `--${path.join('.')}`).join(', ')}\n${USAGE}`,
    )
  const file = join(data ?? defaultDataFolder(), READY_FILE)
  if (!existsSync(file))
    return say(3, 'No keypad simulator is running. Start it with: npm start (training mode)')
  const { control } = ReadyFile.parse(JSON.parse(readFileSync(file, 'utf8')))
  const answer = await post(control, request.data)
  if (answer === null)
    return say(3, 'The keypad simulator has ended. Start it with: npm start (training mode)')
  if (!answer.ok) return say(1, `Not taken: ${answer.error ?? 'unknown'}`)
  return answer.delivered === true
    ? say(0, 'Sent.')
    : say(1, 'Nobody was waiting for a card; it was discarded.')
}

async function post(
  control: { port: number; token: string },
  body: object,
): Promise<z.infer<typeof Answer> | null> {
  let response
  try {
    response = await fetch(`http://127.0.0.1:${control.port}/key`, {
      method: 'POST',
      headers: { authorization: `Bearer ${control.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  } catch {
    return null
  }
  const answered: unknown = await response.json()
  return Answer.parse(answered)
}

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  process.exitCode = say(2, `${error instanceof Error ? error.message : String(error)}\n${USAGE}`)
}
