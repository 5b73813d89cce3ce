import type { CheckoutForm } from '../../contract/checkout'
import type { Gift, SavedAddress, Shipment } from '../../contract/shipments'
import type { CustomerFields } from '../../contract/customers'
import type { Carrier } from '../../contract/delivery'
import { normalizePhone, normalizePostalCode } from '../../contract/text'
import type { CustomerAddressTable } from '../db/customer-tables.types'
import { visibleCustomer } from '../db/visible-customers'
import { isPhone, PREFECTURES, type FieldFault } from '../domain/people/contact-fields'
import type { KeptDelivery } from './delivery'
import type { CheckoutDeps } from './deps'
import { checkDelivery } from './slot-check'

export interface ShipTo {
  readonly name: string
  readonly phone: string
  readonly postalCode: string
  readonly prefecture: string
  readonly city: string
  readonly address: string
  readonly building: string
}

/** One delivery, checked: what an order keeps of it. */
export interface CheckedShipment {
  readonly shipTo: ShipTo
  /** The entry of the customer's address book that it was taken from. */
  readonly addressId: string | null
  readonly deliverOn: string | null
  readonly slot: { readonly code: string; readonly label: string } | null
  readonly carrier: Carrier
  /** The planned ship date. */
  readonly shipOn: string | null
  readonly gift: Gift
}

/** Addresses of a customer's file, by id. */
export type AddressBook = ReadonlyMap<string, CustomerAddressTable>

/** The saved addresses that the form names; asks nothing when it names none. */
export async function addressBookOf(deps: CheckoutDeps, form: CheckoutForm): Promise<AddressBook> {
  const ids = form.shipments.flatMap(({ shipTo }) => (shipTo.kind === 'saved' ? [shipTo.addressId] : []))
  if (ids.length === 0 || form.customer.kind !== 'existing') return new Map()
  const rows = await deps.database.db
    .selectFrom('customer_address')
    .selectAll()
    .where('id', 'in', ids)
    .where('customer_id', '=', form.customer.customerId)
    .where('removed_at', 'is', null)
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** お届け先 on the file of a customer who is served; nothing of one who was merged away or anonymised. */
export async function savedAddresses(deps: CheckoutDeps, customerId: string): Promise<SavedAddress[]> {
  const rows = await deps.database.db
    .selectFrom('customer_address')
    .innerJoin('customer', 'customer.id', 'customer_address.customer_id')
    .selectAll('customer_address')
    .where('customer_id', '=', customerId)
    .where('customer_address.removed_at', 'is', null)
    .where(visibleCustomer())
    .orderBy('customer_address.created_at')
    .orderBy('customer_address.id')
    .limit(100)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    label: row.label,
    name: row.name,
    phone: row.phone,
    postalCode: row.postal_code,
    prefecture: row.prefecture,
    city: row.city,
    address: row.address,
    building: row.building ?? '',
  }))
}

type Typed = Extract<Shipment['shipTo'], { kind: 'other' }>

function typedPlace(typed: Typed, path: string, faults: FieldFault[]): ShipTo {
  const { kind: _kind, ...fields } = typed
  const shipTo = {
    ...fields,
    name: fields.name.trim(),
    phone: normalizePhone(fields.phone),
    postalCode: normalizePostalCode(fields.postalCode),
  }
  const need = (key: string, ok: boolean, message: string) => {
    if (!ok) faults.push({ path: `${path}shipTo.${key}`, message })
  }
  need('name', shipTo.name !== '', 'お届け先のお名前を入力してください。')
  need('phone', isPhone(shipTo.phone), 'お届け先の電話番号を入力してください。')
  need('postalCode', /^\d{7}$/.test(shipTo.postalCode), 'お届け先の郵便番号を7桁で入力してください。')
  need('prefecture', PREFECTURES.includes(shipTo.prefecture), 'お届け先の都道府県を選択してください。')
  need('city', shipTo.city.trim() !== '', 'お届け先の市区町村を入力してください。')
  need('address', shipTo.address.trim() !== '', 'お届け先の町名・番地を入力してください。')
  return shipTo
}

function placeOf(
  shipment: Shipment,
  path: string,
  known: { fields: CustomerFields | undefined; book: AddressBook },
  faults: FieldFault[],
): ShipTo | null {
  const { shipTo } = shipment
  switch (shipTo.kind) {
    case 'other':
      return typedPlace(shipTo, path, faults)
    case 'customer': {
      if (!known.fields) return null
      const { familyName, givenName, phone, postalCode, prefecture, city, address, building } = known.fields
      return { name: `${familyName} ${givenName}`, phone, postalCode, prefecture, city, address, building }
    }
    case 'saved': {
      const row = known.book.get(shipTo.addressId)
      if (!row) {
        faults.push({
          path: `${path}shipTo.kind`,
          message: 'このお届け先は登録から削除されています。選び直してください。',
        })
        return null
      }
      const { name, phone, postal_code: postalCode, prefecture, city, address, building } = row
      return { name, phone, postalCode, prefecture, city, address, building: building ?? '' }
    }
  }
}

/** The gift as it is kept: names without blanks. のし needs its 表書き. */
function giftOf({ gift }: Shipment, path: string, faults: FieldFault[]): Gift {
  if (gift.noshi === null) return { ...gift, message: gift.message.trim() }
  const title = gift.noshi.title.trim()
  if (title === '') {
    faults.push({
      path: `${path}gift.noshi.title`,
      message: 'のしの表書きを入力してください。文字なしは「無地」と入力します。',
    })
  }
  const names = gift.noshi.names.map((name) => name.trim()).filter((name) => name !== '')
  return { ...gift, message: gift.message.trim(), noshi: { ...gift.noshi, title, names } }
}

/** Checks every delivery of a form, side by side. Those that cannot be made say why in `faults`. */
export async function checkShipments(
  deps: CheckoutDeps,
  form: CheckoutForm,
  known: { fields: CustomerFields | undefined; book: AddressBook; kept: KeptDelivery },
  faults: FieldFault[],
): Promise<readonly CheckedShipment[]> {
  const several = form.shipments.length > 1
  const checked = await Promise.all(
    form.shipments.map(async (shipment, index): Promise<CheckedShipment | null> => {
      const path = `shipments.${index}.`
      const shipTo = placeOf(shipment, path, known, faults)
      const gift = giftOf(shipment, path, faults)
      if (several && !form.lines.some((line) => line.shipment === index && line.quantity > 0)) {
        faults.push({
          path: `${path}shipTo.kind`,
          message: `お届け先${index + 1}に送る商品がありません。数量を入れるか、お届け先を削除してください。`,
        })
      }
      const to = { prefecture: shipTo?.prefecture ?? '', postalCode: shipTo?.postalCode ?? '' }
      const { slot, carrier, shipOn } = await checkDelivery(deps, shipment, to, faults, known.kept, path)
      const addressId = shipment.shipTo.kind === 'saved' ? shipment.shipTo.addressId : null
      return shipTo && { shipTo, addressId, deliverOn: shipment.deliverOn, slot, carrier, shipOn, gift }
    }),
  )
  if (form.lines.some((line) => line.shipment >= form.shipments.length)) {
    faults.push({
      path: 'lines',
      message: '商品のお届け先が見つかりません。お届け先ごとの数量を確認してください。',
    })
  }
  return checked.filter((shipment) => shipment !== null)
}
