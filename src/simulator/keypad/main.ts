import { SIMULATOR_USAGE, simulatorOptions } from './arguments'
import { startKeypadSimulator } from './simulator'

/** The keypad simulator without a window: prints one line of JSON when it is ready, ends with SIGTERM or SIGINT. */
async function main(): Promise<void> {
  let options
  try {
    options = simulatorOptions(process.argv.slice(2))
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : ''}\n${SIMULATOR_USAGE}\n`)
    process.exitCode = 2
    return
  }
  const simulator = await startKeypadSimulator(options)
  process.stdout.write(`${JSON.stringify(simulator.ready)}\n`)
  const stop = () => {
    setTimeout(() => process.exit(0), 1000).unref()
    void simulator.close().then(() => process.exit(0))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

await main()
