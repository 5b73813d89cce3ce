import { useEffect, useState } from 'react'
import { PHOTO_PART_CHARS } from '../../../../contract/keypad-inspections'
import { PHOTO_MAX_BYTES, photoTypeOf } from '../../../../contract/photo'
import { client } from '../../lib/client'

export interface ChosenPhoto {
  readonly name: string
  /** For the thumbnail: the policy of the page allows images as data. */
  readonly url: string
  readonly base64: string
}

/** Why a file is not taken as a photo. */
export type PhotoFault = 'photoBad' | 'photoLarge'

const CHUNK = 0x80_00

function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK) {
    text += String.fromCodePoint(...bytes.subarray(at, at + CHUNK))
  }
  return btoa(text)
}

/** Reads a file as a photo. What it is called says nothing: its first bytes do. */
export async function readPhoto(file: File): Promise<ChosenPhoto | PhotoFault> {
  if (file.size > PHOTO_MAX_BYTES) return 'photoLarge'
  const bytes = new Uint8Array(await file.arrayBuffer())
  const type = photoTypeOf(bytes)
  if (type === null) return 'photoBad'
  const base64 = base64Of(bytes)
  return { name: file.name, base64, url: `data:${type};base64,${base64}` }
}

/** Hands a photo over in pieces; the answer is the id that the sign-off names. */
export async function sendPhoto(photo: ChosenPhoto): Promise<string> {
  const photoId = crypto.randomUUID()
  const { base64 } = photo
  for (let position = 0; position * PHOTO_PART_CHARS < base64.length; position += 1) {
    const data = base64.slice(position * PHOTO_PART_CHARS, (position + 1) * PHOTO_PART_CHARS)
    await client.keypadInspections.photoPart({ photoId, position, data })
  }
  return photoId
}

/** A file dropped beside its place must not do anything at all. */
export function useNoStrayDrops(): void {
  useEffect(() => {
    const stop = (event: DragEvent) => event.preventDefault()
    window.addEventListener('dragover', stop)
    window.addEventListener('drop', stop)
    return () => {
      window.removeEventListener('dragover', stop)
      window.removeEventListener('drop', stop)
    }
  }, [])
}

/** The photo of the inspection that is being made. */
export function usePhoto() {
  const [photo, setPhoto] = useState<ChosenPhoto | null>(null)
  const [fault, setFault] = useState<PhotoFault | null>(null)
  const take = async (file: File | null | undefined) => {
    if (!file) return
    const read = await readPhoto(file)
    setFault(typeof read === 'string' ? read : null)
    if (typeof read !== 'string') setPhoto(read)
  }
  const clear = () => {
    setPhoto(null)
    setFault(null)
  }
  return { photo, fault, take, clear }
}
