import { Button, Group, Radio, Table, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CheckoutView } from '../../../contract/checkout'
import { useDraft, useDraftState } from './draft/draft-context'
import { differences, firstChoices, merged, type Difference, type Side } from './draft/versions'
import { Dialog } from './parts/dialog'
import { useVersionWords } from './use-version-words'

/**
 * Another window has changed the draft: both contents side by side, field by field. What one side alone has changed
 * stands chosen; where both did, the operator chooses, and nothing is overwritten unasked.
 */
export function ConflictQuestion() {
  const { t } = useTranslation('checkout')
  const { conflict } = useDraftState()
  if (!conflict) return null
  return (
    <Dialog opened onClose={() => undefined} title={t('conflict.title')} size={860}>
      <Versions key={conflict.version} conflict={conflict} />
    </Dialog>
  )
}

function Versions({ conflict }: { conflict: CheckoutView }) {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const { form, view } = useDraftState()
  const [found] = useState(() => differences(view.form, form, conflict.form))
  const [choices, setChoices] = useState(() => firstChoices(found))
  const isOpen = conflict.stage === 'editing'
  const left = found.filter(({ path }) => !choices.has(path)).length
  const choose = (path: string, side: Side) => setChoices((before) => new Map(before).set(path, side))
  return (
    <>
      <Text size="sm">
        {isOpen ? t('conflict.body') : t('conflict.stage', { stage: t(`stage.${conflict.stage}`) })}
      </Text>
      <Table mt="sm" withTableBorder withColumnBorders layout="fixed">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col" w={170}>
              {t('conflict.item')}
            </Table.Th>
            <Table.Th scope="col">{t('conflict.mine')}</Table.Th>
            <Table.Th scope="col">{t('conflict.theirs')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {found.map((one) => (
            <Row
              key={one.path}
              one={one}
              views={{ mine: { ...view, form }, theirs: conflict }}
              chosen={isOpen ? (choices.get(one.path) ?? null) : 'theirs'}
              onChoose={isOpen ? (side) => choose(one.path, side) : null}
            />
          ))}
        </Table.Tbody>
      </Table>
      <Group justify="flex-end" mt="md">
        {isOpen && left > 0 && (
          <Text size="sm" role="status">
            {t('conflict.open', { count: left })}
          </Text>
        )}
        <Button variant={isOpen ? 'default' : 'filled'} onClick={() => draft.settle('theirs')}>
          {t('conflict.reload')}
        </Button>
        {isOpen && (
          <Button
            data-autofocus
            disabled={left > 0}
            onClick={() => draft.settle(merged(conflict.form, found, choices))}
          >
            {t('conflict.save')}
          </Button>
        )}
      </Group>
    </>
  )
}

interface RowProps {
  readonly one: Difference
  readonly views: Readonly<Record<Side, CheckoutView>>
  readonly chosen: Side | null
  /** Null when there is nothing to choose. */
  readonly onChoose: ((side: Side) => void) | null
}

const CHANGED = {
  mine: 'conflict.changedHere',
  theirs: 'conflict.changedThere',
  both: 'conflict.changedBoth',
} as const

function Row({ one, views, chosen, onChoose }: RowProps) {
  const { t } = useTranslation('checkout')
  const words = useVersionWords()
  const label = words.label(one.path)
  const cell = (side: Side) => {
    const value = words.value(one.path, one[side], views[side])
    if (onChoose === null) return <Table.Td>{value}</Table.Td>
    return (
      <Table.Td>
        <Radio
          name={one.path}
          label={value}
          aria-label={`${label} ${t(`conflict.${side}`)} ${value}`}
          checked={chosen === side}
          onChange={() => onChoose(side)}
        />
      </Table.Td>
    )
  }
  return (
    <Table.Tr data-testid="conflict-row">
      <Table.Th scope="row">
        {label}
        <Text size="xs" c="dimmed" fw={400}>
          {t(CHANGED[one.changedBy])}
        </Text>
      </Table.Th>
      {cell('mine')}
      {cell('theirs')}
    </Table.Tr>
  )
}
