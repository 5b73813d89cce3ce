/** A photo as the desk keeps it: what its first bytes say it is, and how large it may be. */

export const PHOTO_MAX_BYTES = 2 * 1024 * 1024
export type PhotoType = 'image/png' | 'image/jpeg'

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const JPEG = [0xff, 0xd8, 0xff]

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, at) => bytes[at] === byte)

/** The type by the magic bytes (PNG: ISO/IEC 15948, 5.2; JPEG: ITU-T T.81, B.1.1.3); null for anything else. */
export function photoTypeOf(bytes: Uint8Array): PhotoType | null {
  if (startsWith(bytes, PNG)) return 'image/png'
  return startsWith(bytes, JPEG) ? 'image/jpeg' : null
}
