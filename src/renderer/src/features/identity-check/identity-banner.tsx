import { Button, Checkbox, Group, Stack, Text } from '@mantine/core'
import { IconShieldCheck, IconShieldQuestion } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IdentityQuestion, IdentityState } from '../../../../contract/identity-check'
import { api } from '../../lib/client'
import { formatDateTime, formatTime } from '../../lib/format'
import { tellError } from '../../lib/tell-error'
import { Dialog } from '../../ui/dialog'
import styles from './identity-check.module.css'

const ASK_AGAIN_MS = 30_000

/**
 * Whether the caller was confirmed in this call. Before that, what stands on the page is for the operator's eyes: the
 * banner says so, and nothing is hidden, for it is what the operator compares the answers with.
 */
export function IdentityBanner({ customerId }: { customerId: string }) {
  const { t } = useTranslation('identityCheck')
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const state = useQuery({
    ...api.identityCheck.state.queryOptions({ input: { customerId } }),
    refetchInterval: ASK_AGAIN_MS,
  }).data
  const keep = (latest: IdentityState) =>
    queries.setQueryData(api.identityCheck.state.queryKey({ input: { customerId } }), latest)
  const end = useMutation(api.identityCheck.end.mutationOptions({ onSuccess: keep, onError: tellError }))
  if (!state) return <div className={styles.place} aria-hidden="true" />
  if (!state.enabled) return null
  const { verifiedUntil, last } = state
  const isVerified = verifiedUntil !== null
  const Icon = isVerified ? IconShieldCheck : IconShieldQuestion
  return (
    <div className={styles.banner} data-verified={isVerified} data-testid="identity">
      <Icon size={20} aria-hidden="true" />
      <span role="status" className={styles.words}>
        <b>{t(isVerified ? 'verified' : 'before')}</b>
        <span>{isVerified ? t('until', { time: formatTime(verifiedUntil) }) : t('beforeMore')}</span>
      </span>
      {last && (
        <span className={styles.last}>
          {t('last', { at: formatDateTime(last.at), by: last.by, outcome: t(`outcome.${last.outcome}`) })}
        </span>
      )}
      {isVerified && (
        <Button
          size="compact-sm"
          variant="default"
          loading={end.isPending}
          onClick={() => end.mutate({ customerId })}
        >
          {t('end')}
        </Button>
      )}
      {!isVerified && (
        <Button size="compact-sm" onClick={() => setAsking(true)}>
          {t('start')}
        </Button>
      )}
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t('title')} size={560}>
        <Questions
          customerId={customerId}
          state={state}
          onDone={(latest) => {
            keep(latest)
            setAsking(false)
          }}
          onCancel={() => setAsking(false)}
        />
      </Dialog>
    </div>
  )
}

interface QuestionsProps {
  readonly customerId: string
  readonly state: IdentityState
  readonly onDone: (latest: IdentityState) => void
  readonly onCancel: () => void
}

function Questions({ customerId, state, onDone, onCancel }: QuestionsProps) {
  const { t } = useTranslation('identityCheck')
  const { t: common } = useTranslation('common')
  const [matched, setMatched] = useState<ReadonlyMap<IdentityQuestion, boolean>>(new Map())
  const record = useMutation(
    api.identityCheck.record.mutationOptions({ onSuccess: onDone, onError: tellError }),
  )
  const tick = (question: IdentityQuestion, value: boolean, on: boolean) => {
    const next = new Map(matched)
    if (on) next.set(question, value)
    else next.delete(question)
    setMatched(next)
  }
  const count = [...matched.values()].filter(Boolean).length
  const asked = [...matched].map(([question, isMatch]) => ({ question, matched: isMatch }))
  if (state.questions.length === 0) return <Text size="sm">{t('nothing')}</Text>
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        record.mutate({ customerId, asked })
      }}
    >
      <Text size="sm">{t('lead', { required: state.required })}</Text>
      <ul className={styles.questions}>
        {state.questions.map(({ question, expected }) => (
          <li key={question}>
            <span>
              <b>{t(`question.${question}`)}</b>
              <span className={styles.say}>{t(`say.${question}`)}</span>
              <span className={styles.expected}>{t('expected', { expected })}</span>
            </span>
            <Stack gap={6}>
              <Checkbox
                label={t('match')}
                aria-label={`${t(`question.${question}`)} ${t('match')}`}
                checked={matched.get(question) === true}
                onChange={(event) => tick(question, true, event.currentTarget.checked)}
              />
              <Checkbox
                label={t('noMatch')}
                aria-label={`${t(`question.${question}`)} ${t('noMatch')}`}
                checked={matched.get(question) === false}
                onChange={(event) => tick(question, false, event.currentTarget.checked)}
              />
            </Stack>
          </li>
        ))}
      </ul>
      <Text size="sm" fw={600} aria-live="polite">
        {t('count', { count, required: state.required })}
      </Text>
      <Group justify="flex-end" mt="sm" gap="sm">
        <Button variant="default" onClick={onCancel}>
          {common('cancel')}
        </Button>
        <Button type="submit" disabled={asked.length === 0} loading={record.isPending}>
          {t(count >= state.required ? 'record' : 'recordFailed')}
        </Button>
      </Group>
    </form>
  )
}
