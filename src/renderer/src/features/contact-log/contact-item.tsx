import { Anchor, Button, Group, Textarea } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { ContactView } from '../../../../contract/contact-log'
import { api } from '../../lib/client'
import { formatDateTime, formatPlainDate } from '../../lib/format'
import { tellError } from '../../lib/tell-error'
import { Dialog } from '../../ui/dialog'
import { StatusChip } from '../../ui/status-chip'
import styles from './contact-log.module.css'

/** One contact with what can be done about it. */
export function ContactItem({ contact, onEdit }: { contact: ContactView; onEdit: () => void }) {
  const { t } = useTranslation('contactLog')
  const isRecord = contact.kind === 'identity-check'
  const facts = [
    t(`channels.${contact.channel}`),
    t(`directions.${contact.direction}`),
    isRecord ? t('identityCheck') : contact.topic,
    contact.result,
  ]
  return (
    <li className={styles.item} data-testid="contact">
      <div className={styles.itemHead}>
        <b className={styles.at}>{formatDateTime(contact.at)}</b>
        <span>{facts.filter(Boolean).join(' / ')}</span>
        <StatusChip tone={contact.isOverdue ? 'bad' : contact.status === 'open' ? 'wait' : 'quiet'}>
          {t(`statuses.${contact.status}`)}
        </StatusChip>
        {contact.dueOn !== null && contact.status === 'open' && (
          <span className={styles.quiet}>{t('dueOn', { date: formatPlainDate(contact.dueOn) })}</span>
        )}
        <span className={styles.rest} />
        <span className={styles.quiet}>{contact.operatorName}</span>
        {!isRecord && (
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('editOf', { at: formatDateTime(contact.at) })}
            onClick={onEdit}
          >
            {t('edit')}
          </Button>
        )}
      </div>
      <p className={styles.body}>{contact.body}</p>
      {contact.orders.length > 0 && (
        <p className={styles.orders}>
          {t('orders')}
          {contact.orders.map(({ id, number }) => (
            <Anchor
              key={id}
              component={Link}
              href={`/orders/${id}`}
              size="sm"
              lh="24px"
              display="inline-block"
            >
              {number}
            </Anchor>
          ))}
        </p>
      )}
      {!isRecord && <Escalation contact={contact} />}
    </li>
  )
}

type Step = 'raise' | 'answer'

function Escalation({ contact }: { contact: ContactView }) {
  const { t } = useTranslation('contactLog')
  const [step, setStep] = useState<Step | null>(null)
  const session = useQuery(api.auth.session.queryOptions()).data
  const close = useMutation(api.contactLog.closeEscalation.mutationOptions({ onError: tellError }))
  const { escalation, id, version } = contact
  const isOver = escalation === null || escalation.state === 'closed'
  const mayAnswer = session?.permissions.includes('contact.supervise') ?? false
  return (
    <>
      {escalation && (
        <div className={styles.escalation} data-state={escalation.state}>
          <b>{t(`escalation.${escalation.state}`)}</b>
          <span>
            {escalation.reason}{' '}
            <span className={styles.quiet}>
              {escalation.raisedBy} {formatDateTime(escalation.raisedAt)}
            </span>
          </span>
          {escalation.answer !== null && (
            <span className={styles.answer}>
              {t('escalation.answerOf', { name: escalation.answeredBy ?? '', answer: escalation.answer })}
            </span>
          )}
        </div>
      )}
      <Group gap={8} mt={4}>
        {isOver && (
          <Button size="compact-sm" variant="subtle" onClick={() => setStep('raise')}>
            {t('escalation.raise')}
          </Button>
        )}
        {escalation?.state === 'open' && mayAnswer && (
          <Button size="compact-sm" onClick={() => setStep('answer')}>
            {t('escalation.reply')}
          </Button>
        )}
        {!isOver && (
          <Button
            size="compact-sm"
            variant="default"
            loading={close.isPending}
            onClick={() => close.mutate({ id, version })}
          >
            {t('escalation.close')}
          </Button>
        )}
      </Group>
      <Dialog
        opened={step !== null}
        onClose={() => setStep(null)}
        title={t(step === 'answer' ? 'escalation.reply' : 'escalation.raise')}
        size={460}
      >
        {step && <StepForm contact={contact} step={step} onClose={() => setStep(null)} />}
      </Dialog>
    </>
  )
}

interface StepFormProps {
  readonly contact: ContactView
  readonly step: Step
  readonly onClose: () => void
}

function StepForm({ contact: { id, version }, step, onClose }: StepFormProps) {
  const { t } = useTranslation('contactLog')
  const { t: common } = useTranslation('common')
  const [words, setWords] = useState('')
  const then = { onSuccess: onClose, onError: tellError }
  const raise = useMutation(api.contactLog.escalate.mutationOptions(then))
  const answer = useMutation(api.contactLog.answer.mutationOptions(then))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (step === 'raise') raise.mutate({ id, version, reason: words })
        else answer.mutate({ id, version, answer: words })
      }}
    >
      <Textarea
        label={t(step === 'raise' ? 'escalation.reason' : 'escalation.answer')}
        rows={4}
        maxLength={1000}
        data-autofocus
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      <Group justify="flex-end" gap="sm" mt="sm">
        <Button variant="default" onClick={onClose}>
          {common('cancel')}
        </Button>
        <Button type="submit" disabled={words.trim() === ''} loading={raise.isPending || answer.isPending}>
          {t(step === 'raise' ? 'escalation.send' : 'escalation.sendAnswer')}
        </Button>
      </Group>
    </form>
  )
}
