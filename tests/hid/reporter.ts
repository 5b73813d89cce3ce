import { inspect } from 'node:util'

/** The parts of node:test's events that are told. */
interface TestEvent {
  readonly type: string
  readonly data: {
    readonly name?: string
    readonly details?: { readonly duration_ms?: number; readonly error?: unknown }
  }
}

/** One line of JSON for each test, for the host to read off the machine's serial port. */
export default async function* reporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue
    const passed = type === 'test:pass'
    const error = passed ? null : inspect(causeOf(data.details?.error)).slice(0, 2000)
    const ms = Math.round(data.details?.duration_ms ?? 0)
    yield `@hid ${JSON.stringify({ run: process.env.HID_RUN, name: data.name, passed, ms, error })}\n`
    // A planted fault is caught by its first red test; the others would only wait for what never comes.
    if (!passed && process.env.HID_BAIL === '1') setTimeout(() => process.exit(1), 100)
  }
  yield `@hid ${JSON.stringify({ run: process.env.HID_RUN, end: true })}\n`
}

/** node:test wraps what a test threw. */
const causeOf = (error: unknown): unknown =>
  error instanceof Error && error.cause !== undefined ? error.cause : error
