import { describe, expect, it } from 'vitest'
import { legalVerdict, type AdvertisedOffer } from './legal-mode'

const offer = (more: Partial<AdvertisedOffer> = {}): AdvertisedOffer => ({
  legalMode: 'mail-order',
  statutory: true,
  wholeRange: false,
  products: [
    { productId: 'tea', subscription: false },
    { productId: 'oil', subscription: true },
  ],
  ...more,
})
const once = (productId: string) => ({ productId, subscription: false })
const regular = (productId: string) => ({ productId, subscription: true })
const MAIL = { mode: 'mail-order', reason: null, outside: [] }

describe('what an order is by law', () => {
  it.each([
    ['what was advertised', offer(), [once('tea'), once('oil')], MAIL],
    ['定期 that was advertised', offer(), [regular('oil')], MAIL],
    ['no offer known', null, [once('rice')], MAIL],
    ['a catalogue of everything', offer({ wholeRange: true, products: [] }), [once('rice')], MAIL],
    [
      'something else proposed on the phone',
      offer(),
      [once('tea'), once('rice'), once('rice')],
      { mode: 'telemarketing', reason: 'outside', outside: ['rice'] },
    ],
    [
      '定期 of what was advertised for once',
      offer(),
      [regular('tea')],
      { mode: 'telemarketing', reason: 'outside', outside: ['tea'] },
    ],
    [
      '定期 out of a catalogue that did not show it',
      offer({ wholeRange: true, products: [] }),
      [regular('tea')],
      { mode: 'telemarketing', reason: 'outside', outside: ['tea'] },
    ],
    [
      'an advertisement without the statutory items',
      offer({ statutory: false }),
      [once('tea')],
      { mode: 'telemarketing', reason: 'not-statutory', outside: [] },
    ],
    [
      'a call that the shop made',
      offer({ legalMode: 'telemarketing' }),
      [once('tea')],
      { mode: 'telemarketing', reason: 'offer', outside: [] },
    ],
  ] as const)('%s', (_name, given, items, verdict) => expect(legalVerdict(given, items)).toEqual(verdict))
})
