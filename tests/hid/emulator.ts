/**
 * Makes HID devices by /dev/uhid. A process of its own: a program that waits for a feature report of a device
 * which it plays itself would wait for ever.
 */
import { read, writeSync, closeSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import {
  createMessage,
  destroyMessage,
  EVENT_BYTES,
  getReportReply,
  inputMessage,
  readMessage,
  reportDescriptor,
  setReportReply,
} from './uhid'
import { RequestSchema, type Answer, type Unit } from './wire'

const REFUSED = '15'
const POLL_MS = 10

class Device {
  readonly commands: string[] = []
  #unit: Unit
  #fd: number
  #pieces: Buffer[] = []
  #turning = false

  constructor(unit: Unit) {
    this.#unit = unit
    this.#fd = this.#create()
  }

  /** Node of the device once the kernel has made it. */
  async node(): Promise<string> {
    for (;;) {
      const found = hidrawNode(this.#unit.uniq)
      if (found !== null) return found
      await pause(POLL_MS)
    }
  }

  send(report: Buffer): void {
    writeSync(this.#fd, inputMessage(report))
  }

  async unplug(): Promise<void> {
    writeSync(this.#fd, destroyMessage())
    while (hidrawNode(this.#unit.uniq) !== null) await pause(POLL_MS)
  }

  #create(): number {
    const fd = openSync('/dev/uhid', 'r+')
    writeSync(fd, createMessage({ ...this.#unit, descriptor: reportDescriptor(this.#unit) }))
    this.#listen(fd)
    return fd
  }

  /** One read after another until the device is destroyed; each waits for the kernel. */
  #listen(fd: number): void {
    const buffer = Buffer.alloc(EVENT_BYTES)
    read(fd, buffer, 0, EVENT_BYTES, null, (error) => {
      const message = error === null ? readMessage(buffer) : null
      if (message === null || message.kind === 'stop') return closeSync(fd)
      if (message.kind === 'get-report') this.#reply(message.id)
      if (message.kind === 'set-report') this.#obey(message.id, message.data.subarray(1).toString('hex'))
      this.#listen(fd)
    })
  }

  #reply(id: number): void {
    const piece = this.#pieces.shift() ?? Buffer.alloc(this.#unit.featureBytes)
    writeSync(this.#fd, getReportReply(id, Buffer.concat([Buffer.from([0]), piece])))
    if (this.#turning && this.#pieces.length === 0) this.#turn()
  }

  /** Takes one command, zero filled to the size of the report. */
  #obey(id: number, padded: string): void {
    this.commands.push(padded)
    const { replies, turns, notReady, featureBytes } = this.#unit
    const is = (command: string) => padded === command.padEnd(padded.length, '0')
    const reply = Object.entries(replies).find(([known]) => is(known))?.[1] ?? REFUSED
    this.#pieces = [
      ...Array.from({ length: notReady }, () => Buffer.alloc(featureBytes)),
      ...cut(Buffer.from(reply, 'hex'), featureBytes),
    ]
    this.#turning = turns !== null && is(turns.command)
    if (this.#turning && turns?.when === 'at-once') this.#turn()
    else writeSync(this.#fd, setReportReply(id))
  }

  /** Leaves the bus and comes back as the other device. */
  #turn(): void {
    const { turns } = this.#unit
    if (turns === null) return
    this.#turning = false
    writeSync(this.#fd, destroyMessage())
    const { name, product, usagePage } = turns
    this.#unit = { ...this.#unit, name, product, usagePage, turns: null }
    this.#fd = this.#create()
  }
}

function cut(bytes: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    Buffer.concat([bytes.subarray(index * size, (index + 1) * size)], size),
  )
}

/** The node whose device carries this text as its unique id. */
function hidrawNode(uniq: string): string | null {
  for (const name of readdirSync('/sys/class/hidraw')) {
    try {
      const facts = readFileSync(`/sys/class/hidraw/${name}/device/uevent`, 'utf8')
      if (facts.split('\n').includes(`HID_UNIQ=${uniq}`)) return `/dev/${name}`
    } catch {
      /* Gone while we looked. */
    }
  }
  return null
}

const devices = new Map<string, Device>()

function deviceOf(uniq: string): Device {
  const device = devices.get(uniq)
  if (device === undefined) throw new Error(`nothing is plugged in as ${uniq}`)
  return device
}

async function answer({ ask }: ReturnType<typeof RequestSchema.parse>): Promise<string[]> {
  if (ask.kind === 'plug') {
    const device = new Device(ask.unit)
    devices.set(ask.unit.uniq, device)
    return [await device.node()]
  }
  const device = deviceOf(ask.uniq)
  if (ask.kind === 'commands') return device.commands
  if (ask.kind === 'reports') {
    for (const report of ask.reports) device.send(Buffer.from(report, 'hex'))
    return []
  }
  devices.delete(ask.uniq)
  await device.unplug()
  return []
}

process.on('message', (raw) => {
  const request = RequestSchema.parse(raw)
  const reply = (words: Omit<Answer, 'number'>) => process.send?.({ number: request.number, ...words })
  void answer(request).then(
    (result) => reply({ result, error: null }),
    (error: unknown) => reply({ result: [], error: String(error) }),
  )
})
process.once('disconnect', () => process.exit(0))
