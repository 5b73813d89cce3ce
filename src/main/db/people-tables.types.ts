/** Epoch milliseconds, UTC. */
type Instant = number

export interface SettingTable {
  key: string
  /** JSON */
  value: string
  version: number
  updated_at: Instant
  updated_by: string | null
}

export interface SequenceTable {
  name: string
  next: number
}

export interface ShopTable {
  id: string
  code: string
  name: string
  postal_code: string
  address: string
  phone: string
  registration_number: string | null
  created_at: Instant
  version: number
}

export interface StaffUserTable {
  id: string
  /** In lower case. */
  email: string
  name: string
  role: 'admin' | 'staff'
  shop_id: string
  password_hash: string
  status: 'active' | 'locked' | 'disabled'
  failed_count: number
  last_login_at: Instant | null
  created_at: Instant
  updated_at: Instant
  version: number
}
