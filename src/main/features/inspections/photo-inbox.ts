import { createHash } from 'node:crypto'
import { PHOTO_MAX_BYTES, photoTypeOf, type PhotoType } from '../../../contract/photo'
import { Refusal } from '../../platform/refusal'

export interface Photo {
  readonly type: PhotoType
  readonly sizeBytes: number
  readonly sha256: string
  /** base64 */
  readonly data: string
}

/** Photos on their way from the screen, one for each person, until the inspection is signed. */
export interface PhotoInbox {
  put(userId: string, photoId: string, position: number, data: string): void
  /** The whole photo, checked by its bytes; null when it is not (or no longer) here. */
  take(userId: string, photoId: string): Photo | null
  forget(userId: string): void
}

/** Longest base64 text of a photo that is not too large. */
const MAX_CHARS = Math.ceil(PHOTO_MAX_BYTES / 3) * 4

export function photoInbox(): PhotoInbox {
  const pending = new Map<string, { photoId: string; parts: string[] }>()
  return {
    put(userId, photoId, position, data) {
      const known = pending.get(userId)
      const photo = known?.photoId === photoId && position > 0 ? known : { photoId, parts: [] }
      if (position !== photo.parts.length) throw new Refusal('BAD_PHOTO')
      const chars = photo.parts.reduce((sum, part) => sum + part.length, data.length)
      if (chars > MAX_CHARS) {
        pending.delete(userId)
        throw new Refusal('BAD_PHOTO')
      }
      photo.parts.push(data)
      pending.set(userId, photo)
    },
    take(userId, photoId) {
      const photo = pending.get(userId)
      if (photo?.photoId !== photoId) return null
      const bytes = Buffer.from(photo.parts.join(''), 'base64')
      const type = photoTypeOf(bytes)
      if (type === null || bytes.length > PHOTO_MAX_BYTES) throw new Refusal('BAD_PHOTO')
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      return { type, sizeBytes: bytes.length, sha256, data: bytes.toString('base64') }
    },
    forget: (userId) => void pending.delete(userId),
  }
}
