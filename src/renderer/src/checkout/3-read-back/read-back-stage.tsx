import { Button, Loader } from '@mantine/core'
import { useEffect, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Key } from '../../ui/states'
import type { ReadBack } from '../../../../contract/checkout'
import { formatDateTime } from '../../lib/format'
import { dialogIsOpen, useHotkey } from '../../lib/keyboard'
import { useDraft, useDraftState } from '../draft/draft-context'
import { BackQuestion } from './back-question'
import { Checklist } from './checklist'
import styles from './read-back.module.css'
import { UnreadQuestion } from './unread-question'

const NOTHING: ReadBack['sentences'] = []

/** Step 3: what the operator reads to the caller, beside what the order says. F12 makes the order, F9 goes back. */
export function ReadBackStage({ summary }: { summary: ReactNode }) {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const { view, running } = useDraftState()
  const [read, setRead] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState<'unread' | 'back' | null>(null)
  const sentences = view.readBack?.sentences ?? NOTHING
  const unread = sentences.filter(({ id }) => !read.has(id)).length

  const confirm = (ids: readonly string[]) => {
    setAsking(null)
    document.querySelector<HTMLElement>('[data-confirm]')?.focus()
    void draft.confirm([...ids])
  }
  const wish = () => {
    if (running !== null) return
    if (unread > 0) setAsking('unread')
    else confirm(sentences.map(({ id }) => id))
  }
  const goBack = () => {
    if (running !== null) return
    if (view.payment?.state === 'authorized') setAsking('back')
    else void draft.back('keep')
  }
  useHotkey('F12', () => !dialogIsOpen() && wish())
  useHotkey('F9', () => !dialogIsOpen() && goBack())
  useEffect(() => {
    document.querySelector<HTMLElement>('[data-sentence]')?.focus()
  }, [])

  return (
    <div className={styles.stage} data-testid="checkout-stage-read-back">
      <section className={styles.reading} aria-labelledby="read-back-heading">
        <h2 id="read-back-heading">{t('readBack.heading')}</h2>
        <p className={styles.lead}>{t('readBack.lead')}</p>
        <Checklist sentences={sentences} read={read} onRead={setRead} />
      </section>
      <aside className={styles.side} aria-label={t('readBack.summary')}>
        {summary}
        {view.review && <p className={styles.review}>{t('readBack.review')}</p>}
        <p className={styles.progress} role="status">
          {t('readBack.progress', { done: sentences.length - unread, all: sentences.length })}
        </p>
        <div className={styles.actions}>
          <Button variant="default" aria-keyshortcuts="F9" onClick={goBack} rightSection={<Key>F9</Key>}>
            {t('readBack.back')}
          </Button>
          <Button
            data-confirm
            size="md"
            className={styles.confirm ?? ''}
            aria-disabled={running !== null}
            aria-busy={running === 'confirm'}
            aria-keyshortcuts="F12"
            onClick={wish}
            leftSection={
              running === 'confirm' ? <Loader size={16} color="currentColor" aria-hidden /> : undefined
            }
            rightSection={<Key>F12</Key>}
          >
            {t(running === 'confirm' ? 'readBack.confirming' : 'readBack.confirm')}
          </Button>
        </div>
        {view.payment && (
          <p className={styles.hold}>
            {t('readBack.transaction', { number: view.payment.number })}
            {view.payment.holdUntil !== null && (
              <span>{t('readBack.holdUntil', { until: formatDateTime(view.payment.holdUntil) })}</span>
            )}
          </p>
        )}
      </aside>
      <UnreadQuestion
        opened={asking === 'unread'}
        unread={unread}
        onYes={() => confirm(sentences.map(({ id }) => id))}
        onNo={() => setAsking(null)}
      />
      <BackQuestion opened={asking === 'back'} onClose={() => setAsking(null)} />
    </div>
  )
}
