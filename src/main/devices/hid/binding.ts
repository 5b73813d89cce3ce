import { access, constants } from 'node:fs/promises'

/** One HID interface as the operating system lists it. */
export interface HidInterface {
  readonly vendorId: number
  readonly productId: number
  readonly path?: string | undefined
  readonly product?: string | undefined
  readonly serialNumber?: string | undefined
  readonly usagePage?: number | undefined
  readonly usage?: number | undefined
}

/** An open HID device; the part of node-hid that is used. */
export interface HidHandle {
  on(event: 'data', listener: (data: Buffer) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  sendFeatureReport(data: Buffer): Promise<number>
  getFeatureReport(reportId: number, lengthBytes: number): Promise<Buffer>
  close(): Promise<void>
}

export interface HidBinding {
  devices(): Promise<readonly HidInterface[]>
  /** Rejects when the device cannot be opened; the error carries a `code` where the system gives one. */
  open(path: string): Promise<HidHandle>
}

let loaded: Promise<HidBinding> | undefined

/** node-hid, loaded at the first call: a desk with a relay never loads it. Rejects when it cannot be loaded. */
export function nodeHidBinding(): Promise<HidBinding> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<HidBinding> {
  const hid = await import('node-hid')
  // libusb would take the device from the kernel; hidraw leaves it to the system's permissions.
  if (process.platform === 'linux') hid.setDriverType('hidraw')
  return {
    devices: () => hid.devicesAsync(),
    open: async (path) => {
      if (process.platform === 'linux') await access(path, constants.R_OK | constants.W_OK)
      return hid.HIDAsync.open(path)
    },
  }
}
