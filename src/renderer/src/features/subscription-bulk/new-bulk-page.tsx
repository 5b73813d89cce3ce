import { Button, Skeleton, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearch } from 'wouter'
import { api } from '../../lib/client'
import { dialogIsOpen, useFieldFlow, useHotkey } from '../../lib/keyboard'
import { BackLink } from '../../ui/back-link'
import pageHead from '../../ui/page-head.module.css'
import { ErrorPanel, Key } from '../../ui/states'
import { useBackKey } from '../../ui/use-back-key'
import { draftOf, EMPTY, type BulkDraft } from './bulk-draft'
import { ChangePart } from './change-part'
import styles from './subscription-bulk.module.css'
import { StartPart, TargetPart } from './target-part'
import { useBulkForm } from './use-bulk-form'

const LIST = '/subscriptions/bulk'

function Form({ first }: { first: BulkDraft }) {
  const { t } = useTranslation('subscriptionBulk')
  const form = useBulkForm(first)
  const fields = useRef<HTMLDivElement>(null)
  useFieldFlow(fields)
  useHotkey('F12', () => !dialogIsOpen() && form.check())
  return (
    <>
      <div className={styles.form} ref={fields} role="group" aria-label={t('form.label')}>
        <ChangePart form={form} />
        <div className={styles.column}>
          <TargetPart form={form} />
          <StartPart form={form} />
        </div>
      </div>
      {form.error !== null && <ErrorPanel error={form.error} />}
      <div className={styles.decide}>
        <Text size="sm">{t('form.checkWords')}</Text>
        <Button
          aria-keyshortcuts="F12"
          loading={form.isChecking}
          rightSection={<Key>F12</Key>}
          onClick={form.check}
        >
          {t('form.check')}
        </Button>
      </div>
    </>
  )
}

/** 新しい一括変更: what, of which contracts, from when on. Nothing changes here. */
export function NewBulkPage() {
  const { t } = useTranslation('subscriptionBulk')
  const from = new URLSearchParams(useSearch()).get('from')
  const earlier = useQuery({
    ...api.subscriptionBulk.get.queryOptions({ input: { id: from ?? '' } }),
    enabled: from !== null,
  })
  useBackKey(LIST)
  return (
    <div className={`pageBody ${styles.page}`}>
      <div className={pageHead.head}>
        <BackLink list={LIST}>{t('backToList')}</BackLink>
        <Title order={1}>{t('new')}</Title>
        <div className={pageHead.rest} />
      </div>
      {earlier.isError && <ErrorPanel error={earlier.error} onRetry={() => void earlier.refetch()} />}
      {from === null && <Form first={EMPTY} />}
      {from !== null && earlier.data && <Form key={from} first={draftOf(earlier.data)} />}
      {from !== null && earlier.isPending && <Skeleton height={360} aria-label={t('form.loading')} />}
    </div>
  )
}
