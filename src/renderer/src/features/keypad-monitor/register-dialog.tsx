import { Select, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeypadDetail } from '../../../../contract/keypad-monitor'
import { api, client } from '../../lib/client'
import { useFieldFlow } from '../../lib/keyboard'
import { DialogFoot, KeypadDialog, KeypadNow } from './keypad-dialog'
import { useKeypadChange } from './use-keypad-change'

interface BodyProps {
  readonly keypad: KeypadDetail
  readonly onClose: () => void
}

function RegisterBody({ keypad, onClose }: BodyProps) {
  const { t } = useTranslation('keypadMonitor')
  const form = useRef<HTMLDivElement>(null)
  const choices = useQuery(api.keypadMonitor.choices.queryOptions())
  const shops = choices.data?.shops ?? []
  const onlyShop = shops.length === 1 ? (shops[0]?.id ?? null) : null
  const [isNew] = useState(keypad.state === 'unregistered')
  const [chosen, setChosen] = useState<string | null>(keypad.shop?.id ?? null)
  const [seat, setSeat] = useState(keypad.seat ?? '')
  const [asked, setAsked] = useState(false)
  const shopId = chosen ?? onlyShop
  const change = useKeypadChange({
    keypad,
    done: (saved) =>
      t(isNew ? 'register.done' : 'register.changed', {
        serial: saved.serial ?? t('unknown'),
        shop: saved.shop?.name ?? '',
        seat: saved.seat ?? '',
      }),
    onClose,
  })
  useFieldFlow(form)
  const place = seat.trim()
  const register = () => {
    setAsked(true)
    if (shopId === null || place === '') return
    const { id, version } = keypad
    change.run(() => client.keypadMonitor.register({ id, version, shopId, seat: place }))
  }
  const isStopped = keypad.state === 'stopped' || keypad.state === 'tampered'
  return (
    <Stack gap="md" ref={form}>
      <Text size="sm">{t(isNew ? 'register.lead' : 'register.changeLead')}</Text>
      {isNew && <Text size="sm">{t('register.check')}</Text>}
      <KeypadNow keypad={keypad} />
      <Select
        label={t('register.shop')}
        placeholder={t('register.choose')}
        data={shops.map((shop) => ({ value: shop.id, label: shop.name }))}
        value={shopId}
        onChange={setChosen}
        error={asked && shopId === null ? t('register.noShop') : null}
        searchable={shops.length > 8}
        comboboxProps={{ transitionProps: { duration: 0 } }}
      />
      <TextInput
        label={t('register.seat')}
        placeholder={t('register.seatHint')}
        maxLength={40}
        value={seat}
        onChange={(event) => setSeat(event.currentTarget.value)}
        error={asked && place === '' ? t('register.noSeat') : null}
        data-autofocus
      />
      <DialogFoot
        change={change}
        keypad={keypad}
        applies={!isStopped}
        yes={t(isNew ? 'register.yes' : 'register.changeYes')}
        onYes={register}
        onClose={onClose}
      />
    </Stack>
  )
}

interface RegisterDialogProps {
  readonly id: string | null
  /** True for a keypad that is registered already and only moves. */
  readonly moves?: boolean
  readonly onClose: () => void
}

/** 登録: binds an 未登録 keypad to a shop and seat, or moves a registered one. */
export function RegisterDialog({ id, moves = false, onClose }: RegisterDialogProps) {
  const { t } = useTranslation('keypadMonitor')
  return (
    <KeypadDialog id={id} title={t(moves ? 'register.changeTitle' : 'register.title')} onClose={onClose}>
      {(keypad) => <RegisterBody keypad={keypad} onClose={onClose} />}
    </KeypadDialog>
  )
}
