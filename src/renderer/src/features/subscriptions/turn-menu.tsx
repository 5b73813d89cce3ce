import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PlannedTurn } from '../../../../contract/subscription-form'
import { formatDayOfYear } from '../../lib/format'

export type TurnAct = 'skip' | 'move' | 'items' | 'restore-skip' | 'restore-move' | 'restore-items'

/** What can be done with a planned turn as it stands. */
function actsOf(turn: PlannedTurn, hasItems: boolean): readonly TurnAct[] {
  if (turn.kind === 'skipped') return ['restore-skip']
  if (turn.kind === 'paused') return []
  return [
    'skip',
    'move',
    ...(turn.notes.some(({ kind }) => kind === 'moved') ? (['restore-move'] as const) : []),
    ...(hasItems ? (['items'] as const) : []),
    ...(turn.ownItems ? (['restore-items'] as const) : []),
  ]
}

interface TurnMenuProps {
  readonly turn: PlannedTurn
  readonly onPick: (act: TurnAct) => void
  /** False where the goods of a single turn cannot be changed. */
  readonly hasItems?: boolean
}

/** 変更: what can be done with one turn. */
export function TurnMenu({ turn, onPick, hasItems = true }: TurnMenuProps) {
  const { t } = useTranslation('subscriptionDesk')
  const acts = actsOf(turn, hasItems)
  if (acts.length === 0) return null
  return (
    <Menu position="bottom-end" shadow="md">
      <Menu.Target>
        <Button
          variant="default"
          size="compact-sm"
          rightSection={<IconChevronDown size={14} aria-hidden="true" />}
        >
          {t('turn.change')}
          <span className="visuallyHidden">{formatDayOfYear(turn.deliverOn ?? turn.ruleDate)}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {acts.map((act) => (
          <Menu.Item key={act} onClick={() => onPick(act)}>
            {t(`turn.acts.${act}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
