/** Epoch milliseconds, UTC. */
type Instant = number

/** One inspection of a keypad with the device as the register knew it then. */
export interface KeypadInspectionTable {
  id: string
  keypad_id: string
  serial: string | null
  model: string | null
  shop_id: string | null
  shop_name: string | null
  seat: string | null
  /** Business date on which it was due. */
  due_on: string
  signed_at: Instant
  signed_by: string
  signer_name: string
  result: 'pass' | 'fail'
  note: string
  photo_sha256: string | null
}

export interface KeypadInspectionAnswerTable {
  inspection_id: string
  item: 'serial' | 'case' | 'cable' | 'label' | 'screen' | 'place'
  answer: 'yes' | 'no'
  note: string
}

export interface KeypadInspectionPhotoTable {
  inspection_id: string
  type: 'image/png' | 'image/jpeg'
  size_bytes: number
  /** base64 */
  data: string
}
