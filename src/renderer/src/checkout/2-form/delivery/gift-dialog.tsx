import { Button, Checkbox, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gift, Noshi } from '../../../../../contract/shipments'
import { Dialog } from '../../../ui/dialog'
import { ChoiceCards } from '../../parts/choice-cards'

const FIRST_NOSHI: Noshi = { cord: 'bow', title: '', names: [''], place: 'inner' }
/** Names that fit beside each other on the paper. */
const MOST_NAMES = 3

interface GiftDialogProps {
  readonly gift: Gift
  readonly onKeep: (gift: Gift) => void
  readonly onClose: () => void
}

/** のし・ラッピング・メッセージ of one delivery. Kept by its button only. */
export function GiftDialog({ gift, onKeep, onClose }: GiftDialogProps) {
  const { t } = useTranslation('checkout')
  const [draft, setDraft] = useState(gift)
  const change = (patch: Partial<Gift>) => setDraft((before) => ({ ...before, ...patch }))
  return (
    <Dialog opened title={t('gift.heading')} size={640} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          onKeep(draft)
        }}
      >
        <Stack gap={12}>
          <Checkbox
            label={t('gift.noshi')}
            checked={draft.noshi !== null}
            onChange={(event) => change({ noshi: event.currentTarget.checked ? FIRST_NOSHI : null })}
            data-autofocus
          />
          {draft.noshi && <NoshiFields noshi={draft.noshi} onChange={(noshi) => change({ noshi })} />}
          <Group gap={24}>
            <Checkbox
              label={t('gift.wrapping')}
              checked={draft.wrapping}
              onChange={(event) => change({ wrapping: event.currentTarget.checked })}
            />
            <Checkbox
              label={t('gift.bag')}
              checked={draft.bag}
              onChange={(event) => change({ bag: event.currentTarget.checked })}
            />
          </Group>
          <Textarea
            label={t('gift.message')}
            rows={2}
            maxLength={200}
            value={draft.message}
            onChange={(event) => change({ message: event.currentTarget.value })}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('gift.cancel')}
            </Button>
            <Button type="submit">{t('gift.keep')}</Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}

function NoshiFields({ noshi, onChange }: { noshi: Noshi; onChange: (noshi: Noshi) => void }) {
  const { t } = useTranslation('checkout')
  const change = (patch: Partial<Noshi>) => onChange({ ...noshi, ...patch })
  const names = Array.from({ length: MOST_NAMES }, (_none, at) => noshi.names[at] ?? '')
  return (
    <Stack gap={10} pl={28}>
      <ChoiceCards
        legend={t('gift.cord')}
        choices={(['bow', 'knot', 'mourning'] as const).map((value) => ({
          value,
          label: t(`gift.cords.${value}`),
          hint: t(`gift.cordHints.${value}`),
        }))}
        value={noshi.cord}
        onChange={(cord) => change({ cord })}
        path="gift.cord"
      />
      <TextInput
        label={t('gift.title')}
        description={t('gift.titleHint')}
        required
        maxLength={20}
        value={noshi.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <Group grow align="flex-start">
        {names.map((name, at) => (
          <TextInput
            // The fields stand for the places on the paper.
            // eslint-disable-next-line react/no-array-index-key
            key={at}
            label={t('gift.name', { number: at + 1 })}
            maxLength={30}
            value={name}
            onChange={(event) => change({ names: names.with(at, event.currentTarget.value) })}
          />
        ))}
      </Group>
      <Text size="sm" c="dimmed">
        {t('gift.namesHint')}
      </Text>
      <ChoiceCards
        legend={t('gift.place')}
        choices={(['inner', 'outer'] as const).map((value) => ({ value, label: t(`gift.places.${value}`) }))}
        value={noshi.place}
        onChange={(place) => change({ place })}
        path="gift.place"
      />
    </Stack>
  )
}
