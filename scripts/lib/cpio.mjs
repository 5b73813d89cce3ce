// @ts-check
/** @typedef {{ path: string, data?: Buffer | string, mode?: number }} Entry A file; without `data` a folder. */

const FILE = 0o100000
const FOLDER = 0o040000

const padded = (/** @type {Buffer} */ bytes) =>
  Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])

/** An initramfs image in the "newc" form of cpio, which is what the Linux kernel unpacks at boot. */
export function cpio(/** @type {readonly Entry[]} */ entries) {
  const parts = entries.map(({ path, data, mode = 0o755 }, index) =>
    member(index + 1, path, (data === undefined ? FOLDER : FILE) | mode, Buffer.from(data ?? '')),
  )
  return Buffer.concat([...parts, member(0, 'TRAILER!!!', 0, Buffer.alloc(0))])
}

function member(
  /** @type {number} */ inode,
  /** @type {string} */ path,
  /** @type {number} */ mode,
  /** @type {Buffer} */ data,
) {
  const name = Buffer.from(`${path}\0`)
  const links = 1
  // inode, mode, uid, gid, links, mtime, size, device (2), special device (2), name's length, check sum
  const numbers = [inode, mode, 0, 0, links, 0, data.length, 0, 0, 0, 0, name.length, 0]
  const head = `070701${numbers.map((value) => value.toString(16).padStart(8, '0')).join('')}`
  return Buffer.concat([padded(Buffer.concat([Buffer.from(head), name])), padded(data)])
}
