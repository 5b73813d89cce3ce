import { ActionIcon, Button, Popover } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPhoneCall, IconPhoneIncoming } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '../../../../contract/calls'
import { minutesAndSeconds, useNow } from '../../checkout/parts/use-now'
import { api } from '../../lib/client'
import { dialogIsOpen, useHotkey } from '../../lib/keyboard'
import { Key } from '../../ui/states'
import { CallList } from './call-list'
import styles from './calls.module.css'
import { CandidatesDialog } from './candidates-dialog'
import { useAnswer } from './use-answer'
import { useCallWords } from './use-call-words'

/** A call leaves the bar by itself after a while: nobody tells of that, so it is asked for. */
const ASK_AGAIN_MS = 15_000

/**
 * Calls at this seat, in the top bar, where they move nothing and cover nothing. They wait to be answered with F3; no
 * call ever takes the focus, and none can be answered while a dialog is open.
 */
export function CallBar({ locked }: { locked: boolean }) {
  const { t } = useTranslation('calls')
  const [opened, setOpened] = useState(false)
  const [choosing, setChoosing] = useState<CallView | null>(null)
  const bar = useQuery({
    ...api.calls.bar.queryOptions(),
    enabled: !locked,
    refetchInterval: ASK_AGAIN_MS,
  }).data
  const answer = useAnswer(setChoosing)
  const waiting = bar?.waiting ?? []
  const [oldest] = waiting
  const take = (id: string) => {
    setOpened(false)
    answer(id)
  }
  useHotkey(
    'F3',
    () => {
      if (!oldest) return
      if (dialogIsOpen()) return void notifications.show({ id: 'call-waits', message: t('bar.dialogOpen') })
      take(oldest.id)
    },
    { enabled: !locked },
  )
  const unanswered = bar?.unanswered ?? 0
  return (
    <>
      {oldest && <Ringing call={oldest} others={waiting.length - 1} onAnswer={take} />}
      <Popover
        opened={opened}
        onChange={setOpened}
        width={460}
        position="bottom-end"
        withArrow
        shadow="md"
        trapFocus
        withinPortal={false}
      >
        <Popover.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            c="var(--mantine-color-text)"
            className={styles.icon ?? ''}
            aria-label={unanswered === 0 ? t('bar.open') : t('bar.openUnanswered', { count: unanswered })}
            title={t('bar.open')}
            data-testid="calls"
            onClick={() => setOpened((was) => !was)}
          >
            <IconPhoneIncoming size={18} aria-hidden="true" />
            {(unanswered > 0 || bar?.leftOut) && (
              <span
                className={styles.badge}
                data-count={unanswered > 0 ? Math.min(unanswered, 99) : '!'}
                aria-hidden="true"
              />
            )}
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown aria-label={t('bar.label')}>
          {bar && <CallList bar={bar} onAnswer={take} onLeave={() => setOpened(false)} />}
        </Popover.Dropdown>
      </Popover>
      <CandidatesDialog call={choosing} onClose={() => setChoosing(null)} />
    </>
  )
}

interface RingingProps {
  readonly call: CallView
  readonly others: number
  readonly onAnswer: (id: string) => void
}

/** The oldest call, which F3 answers. Read aloud once, not with every second. */
function Ringing({ call, others, onAnswer }: RingingProps) {
  const { t } = useTranslation('calls')
  const words = useCallWords()
  const now = useNow(1000, true)
  return (
    <div className={styles.ringing} data-testid="ringing">
      <IconPhoneCall size={16} aria-hidden="true" />
      <span role="status" className={styles.who} title={words.whole(call)}>
        <span className="visuallyHidden">{t('bar.label')} </span>
        <b>{words.number(call)}</b> {words.who(call)}
      </span>
      <span className={styles.since} aria-hidden="true">
        {minutesAndSeconds(Math.max(now - call.rangAt, 0))}
      </span>
      {others > 0 && <span className={styles.more}>{t('bar.more', { count: others })}</span>}
      <Button
        size="compact-sm"
        aria-keyshortcuts="F3"
        rightSection={<Key>F3</Key>}
        onClick={() => onAnswer(call.id)}
      >
        {t('bar.answer')}
      </Button>
    </div>
  )
}
