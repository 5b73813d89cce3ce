import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CheckoutView } from '../../../../contract/checkout'
import type { Failure } from '../../../../contract/failures'
import type { KeypadIntent } from '../../../../contract/keypad'
import { useKeypadOffReason, type KeypadOffReason } from '../../checkout/2-form/use-keypad-off'
import { useCardEntry, type CardEntry } from '../../checkout/1-keypad-entry/use-card-entry'
import { api, client, describeError } from '../../lib/client'

interface Opened {
  readonly checkoutId: string
  readonly version: number
  /** Null until it is keyed. */
  readonly cardId: string | null
}

export interface CardRegistration {
  readonly entry: CardEntry
  readonly keypadOff: KeypadOffReason | null
  readonly busy: boolean
  readonly failure: Failure | null
  /** Registers a new card, or one in place of this one. */
  readonly start: (replacesCardId: string | null) => void
  /** Goes on with the card that was keyed: a check whose answer was lost is asked for, never made twice. */
  readonly again: (() => void) | null
}

interface Wish {
  readonly menu: KeypadIntent['menu']
  /** The card is on file. */
  readonly onDone?: (cardId: string) => void
}

/** カード登録: keypad, check at the service, on file. The same popup and the same path as in 注文登録. */
export function useCardRegistration(
  customerId: string,
  { menu, onDone }: Wish = { menu: 'customers' },
): CardRegistration {
  const { t } = useTranslation('customers')
  const queries = useQueryClient()
  const keypadOff = useKeypadOffReason()
  const session = useQuery(api.auth.session.queryOptions())
  const [opened, setOpened] = useState<Opened | null>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)

  const show = async (view: CheckoutView, cardId: string) => {
    setOpened((before) => before && { ...before, version: view.version })
    setFailure(view.failure)
    if (view.stage !== 'completed') return
    onDone?.(cardId)
    setOpened(null)
    notifications.show({ message: t('cards.done'), color: 'accent' })
    await queries.invalidateQueries({ queryKey: api.customers.key() })
    onDone?.(cardId)
  }
  const guarded = async (work: () => Promise<void>) => {
    setBusy(true)
    try {
      await work()
    } catch (error) {
      notifications.show({ message: describeError(error).message, color: 'red' })
    } finally {
      setBusy(false)
    }
  }
  const register = (cardId: string) =>
    guarded(async () => {
      if (!opened) return
      const view =
        failure?.next === 'wait-and-inquire'
          ? await client.checkout.inquire({ checkoutId: opened.checkoutId })
          : opened
      await show(await client.cards.register({ ...opened, version: view.version, cardId }), cardId)
    })

  const entry = useCardEntry(
    { menu, checkoutId: opened?.checkoutId ?? '' },
    (card) => {
      setOpened((before) => before && { ...before, cardId: card.cardId })
      void register(card.cardId)
    },
    () => undefined,
  )
  const { start: openPopup, cancel } = entry
  const wanted = opened !== null && opened.cardId === null ? opened.checkoutId : null
  useEffect(() => {
    if (wanted !== null) openPopup()
  }, [wanted, openPopup])
  const locked = session.data?.locked === true
  useEffect(() => {
    if (locked) cancel()
  }, [locked, cancel])

  return {
    entry,
    keypadOff,
    busy,
    failure,
    start: (replacesCardId) =>
      void guarded(async () => {
        setFailure(null)
        const { checkoutId, version } = await client.cards.begin({ customerId, replacesCardId })
        setOpened({ checkoutId, version, cardId: null })
      }),
    again:
      opened?.cardId != null && failure?.next !== 'other-card-or-method'
        ? () => void (opened.cardId !== null && register(opened.cardId))
        : null,
  }
}
