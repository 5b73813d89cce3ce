import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BothVersions, type Side } from '../ui/both-versions'
import { useDraft, useDraftState } from './draft/draft-context'
import type { DeskView } from './draft/state'
import { differences, firstChoices, merged } from './draft/versions'
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

function Versions({ conflict }: { conflict: DeskView }) {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const words = useVersionWords()
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
      <BothVersions
        rows={found.map((one) => ({
          id: one.path,
          label: words.label(one.path),
          note: t(CHANGED[one.changedBy]),
          mine: words.value(one.path, one.mine, { ...view, form }),
          theirs: words.value(one.path, one.theirs, conflict),
          chosen: isOpen ? (choices.get(one.path) ?? null) : 'theirs',
        }))}
        heads={{ item: t('conflict.item'), mine: t('conflict.mine'), theirs: t('conflict.theirs') }}
        onChoose={isOpen ? choose : null}
      />
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
            onClick={() => draft.settle(merged(conflict.form, found, choices, form.terms))}
          >
            {t('conflict.save')}
          </Button>
        )}
      </Group>
    </>
  )
}

const CHANGED = {
  mine: 'conflict.changedHere',
  theirs: 'conflict.changedThere',
  both: 'conflict.changedBoth',
} as const
