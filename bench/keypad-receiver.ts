import { KeypadFrameReceiver } from '../src/main/domain/keypad-frame'
import { checkBytes } from '../src/main/domain/keypad-frame/scanner'
import { manualClock } from '../src/main/platform/clock'
import { keyedFrames } from '../tests/support/keypad-vectors'
import { print, stats } from './stats'

/** Frames through the receiver, beside a bare XOR-and-sum loop over the same bytes in the same run. */
const FRAMES = 2000
const ROUNDS = 25
const WARM_UP = 5
const GOAL_FRAMES_PER_SECOND = 10_000

const sample = Buffer.from(keyedFrames[0]?.bytes ?? '', 'hex')
const KSN_FROM_END = 6

/** Sound frames whose counters grow. */
const frames = Array.from({ length: FRAMES }, (_, index) => {
  const frame = Uint8Array.from(sample)
  const counter = index + 1
  frame[frame.length - KSN_FROM_END] = ((frame[frame.length - KSN_FROM_END] ?? 0) & 0xe0) | (counter >> 16)
  frame[frame.length - KSN_FROM_END + 1] = (counter >> 8) & 0xff
  frame[frame.length - KSN_FROM_END + 2] = counter & 0xff
  const { lrc, sum } = checkBytes(frame.subarray(3, -3))
  frame[frame.length - 3] = lrc
  frame[frame.length - 2] = sum
  return frame
})

const cut = (frame: Uint8Array, size: number) =>
  Array.from({ length: Math.ceil(frame.length / size) }, (_, index) =>
    frame.slice(index * size, (index + 1) * size),
  )

let sink = 0

/** Milliseconds of the bare loop over all bytes, piece by piece. */
function bareLoop(pieces: readonly Uint8Array[]): number {
  const from = performance.now()
  let lrc = 0
  let sum = 0
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at++) {
      const byte = piece[at] ?? 0
      lrc ^= byte
      sum = (sum + byte) & 0xff
    }
  }
  sink += lrc + sum
  return performance.now() - from
}

/** Milliseconds until every frame has been handed on. */
async function receive(pieces: readonly Uint8Array[]): Promise<number> {
  let taken = 0
  const receiver = new KeypadFrameReceiver({
    clock: manualClock(0),
    memory: { lastCounter: () => null, remember: async () => undefined },
    onReading: (reading) => {
      if (reading.kind !== 'frame') throw new Error(reading.reason)
      reading.frame.wipe()
      taken += 1
    },
  })
  const from = performance.now()
  for (const piece of pieces) receiver.push(piece)
  await receiver.settled()
  const ms = performance.now() - from
  if (taken !== FRAMES) throw new Error(`${taken} of ${FRAMES} frames`)
  return ms
}

for (const [name, size] of [
  ['8-byte pieces', 8],
  ['64-byte pieces', 64],
  ['whole frames', sample.length],
] as const) {
  const pieces = frames.flatMap((frame) => cut(frame, size))
  const [ours, bare]: [number[], number[]] = [[], []]
  for (let round = 0; round < ROUNDS; round++) {
    bare.push(bareLoop(pieces))
    ours.push(await receive(pieces))
  }
  const mine = stats(ours.slice(WARM_UP))
  const reference = stats(bare.slice(WARM_UP))
  const framesPerSecond = Math.round(FRAMES / (mine.median / 1000))
  print({
    name: `keypad receiver, ${FRAMES} frames of ${sample.length} bytes in ${name}`,
    from: 'first piece pushed',
    to: 'last frame handed on',
    ours: mine,
    reference,
    ratio: Math.round((mine.median / reference.median) * 10) / 10,
    framesPerSecond,
    goal: `>= ${GOAL_FRAMES_PER_SECOND} frames/s`,
    met: framesPerSecond >= GOAL_FRAMES_PER_SECOND,
  })
}
if (!Number.isFinite(sink)) throw new Error('the reference loop was not run')
