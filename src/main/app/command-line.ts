import { z } from 'zod'

/** Switches that the program itself understands; Electron's own are left to Electron. */
export interface CommandLine {
  /** Folder of the profile: databases, log, keys. */
  readonly profileFolder: string | null
  /** Training database with the sample shop, opened without the first-run wizard. */
  readonly sample: boolean
  /** File in which the running simulator tells its addresses (training only). */
  readonly simulatorFile: string | null
  /** Port of the simulated keypad's relay, for the settings of the sample shop. */
  readonly relayPort: number | null
}

const value = (argv: readonly string[], name: string): string | null => {
  const prefix = `--${name}=`
  const found = argv.find((argument) => argument.startsWith(prefix))
  return found === undefined ? null : found.slice(prefix.length)
}

export function parseCommandLine(argv: readonly string[]): CommandLine {
  const port = z.coerce
    .number()
    .int()
    .min(1)
    .max(65_535)
    .safeParse(value(argv, 'relay-port') ?? undefined)
  return {
    profileFolder: value(argv, 'profile'),
    sample: argv.includes('--sample'),
    simulatorFile: value(argv, 'simulator'),
    relayPort: port.success ? port.data : null,
  }
}

/** What the simulated payment service writes about itself when it runs. */
export const SimulatorFile = z.object({
  url: z.url(),
  fingerprint256: z.string(),
  merchantKeys: z.record(z.string(), z.string()),
})
export type SimulatorFile = z.infer<typeof SimulatorFile>
