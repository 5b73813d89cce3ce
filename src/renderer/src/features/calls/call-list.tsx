import { Button, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { CallView } from '../../../../contract/calls'
import { api, client } from '../../lib/client'
import { formatTime } from '../../lib/format'
import styles from './calls.module.css'
import { useCallWords } from './use-call-words'

/** Counted no further: beyond it there are "at least" so many. */
const COUNTED = 100

interface CallListProps {
  readonly bar: {
    readonly waiting: readonly CallView[]
    readonly unanswered: number
    readonly leftOut: { readonly count: number } | null
  }
  readonly onAnswer: (id: string) => void
  /** The list is no longer wanted. */
  readonly onLeave: () => void
}

/** Everything that waits at this seat, the oldest first, with what was missed. */
export function CallList({ bar, onAnswer, onLeave }: CallListProps) {
  const { t } = useTranslation('calls')
  const [, go] = useLocation()
  const queries = useQueryClient()
  const onSettled = () => queries.invalidateQueries({ queryKey: api.calls.key() })
  const pass = useMutation({ mutationFn: (id: string) => client.calls.pass({ id }), onSettled })
  const hide = useMutation({ mutationFn: () => client.calls.hideLeftOut(), onSettled })
  const { waiting, unanswered, leftOut } = bar
  const list = useRef<HTMLDivElement>(null)
  /** The pressed button goes: the focus must not go with it, or Esc would close nothing. */
  const stay = () => list.current?.focus()
  const passOne = (id: string) => {
    pass.mutate(id)
    stay()
  }
  const hideWords = () => {
    hide.mutate()
    stay()
  }
  return (
    <div ref={list} className={styles.list} data-autofocus tabIndex={-1}>
      {leftOut && (
        <div className={styles.leftOut} role="alert">
          <Text size="sm">{t('bar.leftOut', { count: leftOut.count })}</Text>
          <Button variant="default" size="compact-sm" onClick={hideWords}>
            {t('bar.hideLeftOut')}
          </Button>
        </div>
      )}
      {waiting.length === 0 && <Text size="sm">{t('bar.nothing')}</Text>}
      {waiting.length > 0 && (
        <ul className={styles.calls} aria-label={t('bar.waiting')}>
          {waiting.map((call) => (
            <Row key={call.id} call={call} onAnswer={onAnswer} onPass={passOne} />
          ))}
        </ul>
      )}
      <div className={styles.foot}>
        <Text size="sm" c="dimmed">
          {t(unanswered >= COUNTED ? 'bar.unansweredMany' : 'bar.unanswered', { count: unanswered })}
        </Text>
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => {
            onLeave()
            go('/calls')
          }}
        >
          {t('bar.history')}
        </Button>
      </div>
    </div>
  )
}

interface RowProps {
  readonly call: CallView
  readonly onAnswer: (id: string) => void
  readonly onPass: (id: string) => void
}

function Row({ call, onAnswer, onPass }: RowProps) {
  const { t } = useTranslation('calls')
  const words = useCallWords()
  const who = words.whole(call)
  return (
    <li>
      <span className={styles.time}>{formatTime(call.rangAt)}</span>
      <span className={styles.who} title={who}>
        <b>{words.number(call)}</b> {words.who(call)}
        {call.times > 1 && <span className={styles.quiet}> {t('bar.times', { count: call.times })}</span>}
      </span>
      <Button size="compact-sm" aria-label={t('bar.answerOf', { who })} onClick={() => onAnswer(call.id)}>
        {t('bar.answer')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        aria-label={t('bar.passOf', { who })}
        onClick={() => onPass(call.id)}
      >
        {t('bar.pass')}
      </Button>
    </li>
  )
}
