import { Script } from 'node:vm'
import type {
  KeypadFrameReceiver,
  KeypadReading,
  ReceiverOptions,
} from '../../src/main/domain/keypad-frame/index'
import { manualClock } from '../../src/main/platform/clock'
import { randomStream, type KeypadStream } from './keypad-streams'
import { naiveFrames, type NaiveFrame } from './naive-receiver'
import { randomFrom } from './random'
import { forcedCollection } from './garbage'

export type ReceiverUnderTest = Pick<KeypadFrameReceiver, 'push' | 'tick' | 'end' | 'settled'>

export interface FuzzOptions {
  readonly streams: number
  readonly seed: number
  readonly receiver: (options: ReceiverOptions) => ReceiverUnderTest
  /** A batch that takes this long hangs; it takes some tens of milliseconds. */
  readonly hangMs?: number
}

export interface FuzzResult {
  /** What went otherwise than the naive reading, with what repeats it; null when nothing did. */
  readonly difference: string | null
  readonly accepted: number
  readonly refused: number
  /** Growth of the heap and of buffers outside of it after forced collection, from the end of the first tenth to the end; bytes. */
  readonly heapGrowth: number
}

const BATCH = 200
const HANG_MS = 20_000
const PARTIAL_FRAME_MS = 2000

/** Feeds random streams to the receiver and to the naive reading and stops at the first difference. */
export async function fuzzReceiver(options: FuzzOptions): Promise<FuzzResult> {
  const collect = forcedCollection()
  const tenth = Math.max(BATCH, Math.floor(options.streams / 10))
  const totals = { accepted: 0, refused: 0 }
  let heapBefore = 0
  for (let from = 0; from < options.streams; from += BATCH) {
    if (heapBefore === 0 && from >= tenth) heapBefore = collect()
    const runs = prepared(options, from, Math.min(BATCH, options.streams - from))
    const difference = await feed(runs, options.hangMs ?? HANG_MS)
    if (difference !== null) return { difference, ...totals, heapGrowth: 0 }
    for (const run of runs) {
      const wrong = compared(run)
      if (wrong !== null)
        return { difference: `${run.name}: ${wrong}\n${written(run.stream)}`, ...totals, heapGrowth: 0 }
      for (const reading of run.readings) totals[reading.kind === 'frame' ? 'accepted' : 'refused'] += 1
    }
  }
  return { difference: null, ...totals, heapGrowth: collect() - heapBefore }
}

interface Run {
  readonly name: string
  readonly stream: KeypadStream
  /** Last counters known before the stream comes. */
  readonly known: ReadonlyMap<string, number>
  readonly readings: KeypadReading[]
  readonly receiver: ReceiverUnderTest
  readonly play: () => void
}

function prepared(options: FuzzOptions, from: number, count: number): Run[] {
  return Array.from({ length: count }, (_, offset) => {
    const index = from + offset
    const random = randomFrom(Math.imul(options.seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b))
    const stream = randomStream(random)
    const known = random.once(3) ? new Map([['FFFF9876543210E0', random.int(8)]]) : new Map<string, number>()
    const clock = manualClock(0)
    const readings: KeypadReading[] = []
    const receiver = options.receiver({
      clock,
      memory: { lastCounter: (keySet) => known.get(keySet) ?? null, remember: async () => undefined },
      onReading: (reading) => readings.push(reading),
    })
    const play = () => {
      for (const stretch of stream) {
        for (const piece of stretch) receiver.push(piece)
        clock.advance(PARTIAL_FRAME_MS)
        receiver.tick()
      }
      receiver.end()
    }
    return { name: `seed ${options.seed}, stream ${index}`, stream, known, readings, receiver, play }
  })
}

/** Lets the receivers have their bytes, under a watchdog; names the stream that throws or hangs. */
async function feed(runs: readonly Run[], hangMs: number): Promise<string | null> {
  let current: Run | undefined
  const playAll = () => {
    for (const run of runs) {
      current = run
      run.play()
    }
  }
  try {
    Reflect.set(globalThis, 'playKeypadStreams', playAll)
    new Script('playKeypadStreams()').runInThisContext({ timeout: hangMs })
    for (const run of runs) {
      current = run
      await run.receiver.settled()
    }
    return null
  } catch (error) {
    return `${current?.name}: ${String(error)}\n${current === undefined ? '' : written(current.stream)}`
  } finally {
    Reflect.deleteProperty(globalThis, 'playKeypadStreams')
  }
}

function compared(run: Run): string | null {
  const stretches = run.stream.map((stretch) => Uint8Array.from(Buffer.concat(stretch)))
  const expected = naiveFrames(stretches, new Map(run.known))
  const found = run.readings.filter((reading) => reading.kind === 'frame').map((reading) => reading.frame)
  const bytes = found.map((frame) => frame.use((lent) => Buffer.from(lent).toString('hex').toUpperCase()))
  const wanted = expected.map((frame) => frame.bytes)
  if (bytes.join() !== wanted.join()) return `frames accepted\n  ${list(bytes)}\nnaive\n  ${list(wanted)}`
  for (const [index, frame] of expected.entries()) {
    const facts = found[index]?.facts
    if (facts === undefined || !sameFacts(facts, frame)) {
      return `facts ${JSON.stringify(facts)}\nnaive ${JSON.stringify(frame)}`
    }
  }
  return null
}

type Facts = Extract<KeypadReading, { kind: 'frame' }>['frame']['facts']

const sameFacts = (facts: Facts, naive: NaiveFrame): boolean =>
  facts.format === naive.format &&
  facts.serial === naive.serial &&
  facts.keySet === naive.keySet &&
  facts.counter === naive.counter &&
  facts.cipher === naive.cipher &&
  (naive.text === null || (facts.masked === naive.text.masked && facts.expiryYYMM === naive.text.expiryYYMM))

const list = (frames: readonly string[]): string => (frames.length === 0 ? '(none)' : frames.join('\n  '))

const written = (stream: KeypadStream): string =>
  stream
    .map((stretch) => stretch.map((piece) => Buffer.from(piece).toString('hex').toUpperCase()).join(' '))
    .join('\n(2 s)\n')
