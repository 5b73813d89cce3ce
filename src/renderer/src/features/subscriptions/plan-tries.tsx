import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PlannedTurn } from '../../../../contract/subscription-form'
import { formatDayOfYear } from '../../lib/format'
import { DateField } from '../../ui/date-field'
import { Dialog } from '../../ui/dialog'
import { TurnMenu, type TurnAct } from './turn-menu'
import type { Plan } from './use-plan'

type Tries = Pick<Plan, 'draft' | 'attempt'>

/** 変更: a turn is skipped or moved to see what follows; nothing is saved. */
export function TryMenu({ plan, turn }: { plan: Tries; turn: PlannedTurn }) {
  const [moving, setMoving] = useState(false)
  const { ruleIndex } = turn
  const { tries } = plan.draft
  const others = (kind: 'skip' | 'move') =>
    tries.filter((one) => one.ruleIndex !== ruleIndex || one.kind !== kind)
  const tell = async (attempted: Promise<string | null>) => {
    const refused = await attempted
    if (refused !== null) notifications.show({ id: 'plan-try', message: refused, color: 'red' })
  }
  const pick = (act: TurnAct) => {
    if (act === 'move') setMoving(true)
    else if (act === 'skip') void tell(plan.attempt([...tries, { kind: 'skip', ruleIndex }]))
    else if (act === 'restore-skip') void tell(plan.attempt(others('skip')))
    else if (act === 'restore-move') void tell(plan.attempt(others('move')))
  }
  return (
    <>
      <TurnMenu turn={turn} onPick={pick} hasItems={false} />
      {moving && (
        <MoveTry
          turn={turn}
          onTry={(to) => plan.attempt([...others('move'), { kind: 'move', ruleIndex, to }])}
          onClose={() => setMoving(false)}
        />
      )}
    </>
  )
}

interface MoveTryProps {
  readonly turn: PlannedTurn
  readonly onTry: (to: string) => Promise<string | null>
  readonly onClose: () => void
}

function MoveTry({ turn, onTry, onClose }: MoveTryProps) {
  const { t } = useTranslation(['subscriptionDesk', 'subscriptions'])
  const [to, setTo] = useState<string | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const go = async () => {
    if (to === null) return
    const reason = await onTry(to)
    if (reason === null) onClose()
    else setRefused(reason)
  }
  const date = formatDayOfYear(turn.deliverOn ?? turn.ruleDate)
  return (
    <Dialog opened onClose={onClose} title={t('move.title', { date })} size={480}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          void go()
        }}
      >
        <Stack gap="sm">
          <Text size="sm">{t('subscriptions:tries.move')}</Text>
          <DateField label={t('move.to')} width={160} value={to} onChange={setTo} />
          {refused !== null && (
            <Alert color="red" role="alert" c="var(--mantine-color-text)">
              {refused}
            </Alert>
          )}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('change.close')}
            </Button>
            <Button type="submit" disabled={to === null}>
              {t('subscriptions:tries.yes')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}

/** How many changes are tried, and the way back to the plan of the rule alone. */
export function TriedTurns({ plan }: { plan: Tries }) {
  const { t } = useTranslation('subscriptions')
  const { length: count } = plan.draft.tries
  if (count === 0) return null
  return (
    <span data-testid="tried-turns">
      {t('tries.count', { count })}{' '}
      <Button variant="subtle" size="compact-sm" onClick={() => void plan.attempt([])}>
        {t('tries.back')}
      </Button>
    </span>
  )
}
