import { z } from 'zod'

/** Switches that the program itself understands; Electron's own are left to Electron. */
export interface CommandLine {
  /** Folder of the profile: databases, log, keys. */
  readonly profileFolder: string | null
  /** Training database with the sample shop, opened without the first-run wizard. */
  readonly sample: boolean
  /** The sample shop has its 定期 too; not with `--sample=orders`. */
  readonly sampleSubscriptions: boolean
  /** File in which the running simulator tells its addresses (training only). */
  readonly simulatorFile: string | null
  /** Port of the simulated keypad's relay, for the settings of the sample shop. */
  readonly relayPort: number | null
  /** What stands behind the word `relay`; null: the desk is wanted. */
  readonly relay: readonly string[] | null
  /** The same behind `run-subscriptions`: the run of 定期 without a window. */
  readonly runSubscriptions: readonly string[] | null
}

/** The command's arguments, when the first word that is no switch (and not the app itself) is this one. */
function behindCommand(argv: readonly string[], command: string, isDefaultApp: boolean): string[] | null {
  const words = argv.flatMap((argument, index) => (argument.startsWith('-') ? [] : [index]))
  const at = words[isDefaultApp ? 2 : 1]
  return at !== undefined && argv[at] === command ? argv.slice(at + 1) : null
}

const value = (argv: readonly string[], name: string): string | null => {
  const prefix = `--${name}=`
  const found = argv.find((argument) => argument.startsWith(prefix))
  if (found !== undefined) return found.slice(prefix.length)
  const at = argv.indexOf(`--${name}`)
  return at === -1 ? null : (argv[at + 1] ?? null)
}

export function parseCommandLine(argv: readonly string[], isDefaultApp = process.defaultApp): CommandLine {
  const port = z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .safeParse(value(argv, 'relay-port') ?? undefined)
  return {
    profileFolder: value(argv, 'profile'),
    sample: argv.includes('--sample') || argv.includes('--sample=orders'),
    sampleSubscriptions: argv.includes('--sample'),
    simulatorFile: value(argv, 'simulator'),
    relayPort: port.success ? port.data : null,
    relay: behindCommand(argv, 'relay', isDefaultApp),
    runSubscriptions: behindCommand(argv, 'run-subscriptions', isDefaultApp),
  }
}

/** What the simulated payment service writes about itself when it runs. */
export const SimulatorFile = z.object({
  url: z.url(),
  fingerprint256: z.string(),
  merchantKeys: z.record(z.string(), z.string()),
})
export type SimulatorFile = z.infer<typeof SimulatorFile>
