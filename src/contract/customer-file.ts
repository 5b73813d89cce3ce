import { z } from 'zod'
import { ShownPayment } from './checkout'
import { OrderStatus } from './orders'
import { procedure } from './procedure'
import { Id, Instant, page, PageInput, PlainDate, text, Version, Yen } from './values'

export const Consent = z.enum(['unknown', 'yes', 'no'])
export type Consent = z.infer<typeof Consent>
export const Sex = z.enum(['male', 'female', 'other'])

export const OtherPhone = z.object({ label: text(20), phone: text(30) })

/** An お届け先 as typed. */
export const AddressFields = z.object({
  label: text(30),
  name: text(80),
  phone: text(30),
  postalCode: text(12),
  prefecture: text(10),
  city: text(60),
  address: text(100),
  building: text(60),
})
export type AddressFields = z.infer<typeof AddressFields>

export const CustomerAddress = AddressFields.extend({ id: Id, version: Version })
export type CustomerAddress = z.infer<typeof CustomerAddress>

/** What is known of a customer besides the contact data. */
export const FileFields = z.object({
  company: text(80),
  sex: Sex.nullable(),
  birthday: PlainDate.nullable(),
  /** Merged customers bring theirs along. */
  phones: z.array(OtherPhone).max(40),
  /** Merged customers bring theirs along here too. */
  tags: z.array(text(40).min(1)).max(500),
  mailConsent: Consent,
  dmConsent: Consent,
})
export type FileFields = z.infer<typeof FileFields>

export const CustomerFile = z.object({
  id: Id,
  /** The version of the customer: contact data and file have one. */
  version: Version,
  fields: FileFields,
  addresses: z.array(CustomerAddress),
  /** How consents came about, newest first. */
  consents: z.array(
    z.object({
      at: Instant,
      channel: z.enum(['mail', 'dm']),
      consent: Consent,
      how: z.string(),
      by: z.string(),
    }),
  ),
})
export type CustomerFile = z.infer<typeof CustomerFile>

const faults = {
  INVALID_FIELDS: {
    message: '入力内容を確認してください。',
    data: z.object({ fields: z.array(z.object({ path: z.string(), message: z.string() })) }),
  },
}
const customer = z.object({ customerId: Id })

export const customerFile = {
  get: procedure('customer.read').input(customer).output(CustomerFile),
  save: procedure('customer.write')
    .input(
      customer.extend({
        version: Version,
        fields: FileFields,
        /** How a changed consent was given: on the phone, by postcard … */
        consentHow: text(200),
      }),
    )
    .output(CustomerFile)
    .errors(faults),
  addAddress: procedure('customer.write')
    .input(customer.extend({ fields: AddressFields }))
    .output(CustomerFile)
    .errors(faults),
  saveAddress: procedure('customer.write')
    .input(z.object({ id: Id, version: Version, fields: AddressFields }))
    .output(CustomerFile)
    .errors(faults),
  /** Takes an お届け先 away, or brings it back. Orders keep what they were sent to. */
  removeAddress: procedure('customer.write')
    .input(z.object({ id: Id, removed: z.boolean() }))
    .output(CustomerFile),
  /** Orders, newest first. */
  orders: procedure('order.read')
    .input(PageInput.extend({ customerId: Id }))
    .output(
      page(
        z.object({
          id: Id,
          number: z.int(),
          orderedAt: Instant,
          status: OrderStatus,
          total: Yen,
          items: z.string(),
        }),
      ),
    ),
  /** 取引 of this customer, newest first. */
  payments: procedure('order.read')
    .input(PageInput.extend({ customerId: Id }))
    .output(page(ShownPayment.extend({ id: Id, orderId: Id.nullable(), orderNumber: z.int().nullable() }))),
}
