import { Alert, Button, Checkbox, Group, Stack, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OptionView } from '../../../../contract/options'
import { api } from '../../lib/client'
import { formatPlainDate } from '../../lib/format'
import { Dialog } from '../../ui/dialog'
import styles from './options.module.css'
import { useSettled } from './use-options'

interface Preview {
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly body: string
  readonly answerDueOn: string
}

function MailPreview({ preview }: { preview: Preview }) {
  const { t } = useTranslation('options')
  return (
    <>
      <dl className="facts">
        <dt>{t('from')}</dt>
        <dd>{preview.from}</dd>
        <dt>{t('to')}</dt>
        <dd>{preview.to}</dd>
        <dt>{t('subject')}</dt>
        <dd>{preview.subject}</dd>
        <dt>{t('due')}</dt>
        <dd>{t('dueUntil', { date: formatPlainDate(preview.answerDueOn) })}</dd>
      </dl>
      <pre className={styles.body} tabIndex={0} aria-label={t('body')}>
        {preview.body}
      </pre>
    </>
  )
}

/** 利用する → 確認 → 確定. */
export function ApplyForm({ option }: { option: OptionView }) {
  const { t } = useTranslation('options')
  const settled = useSettled()
  const [wanted, setWanted] = useState(false)
  const [note, setNote] = useState('')
  const preview = useMutation(api.options.preview.mutationOptions({ onError: settled.failed }))
  const close = () => preview.reset()
  const apply = useMutation(
    api.options.apply.mutationOptions({
      onSuccess: async () => {
        close()
        setWanted(false)
        setNote('')
        await settled.done(t('applied'))()
      },
      onError: async (error) => {
        close()
        await settled.failed(error)
      },
    }),
  )
  return (
    <Stack gap={12}>
      <Checkbox
        label={<b>{t('use')}</b>}
        checked={wanted}
        onChange={(event) => setWanted(event.currentTarget.checked)}
      />
      <Textarea
        label={t('note')}
        placeholder={t('noteHint')}
        rows={2}
        maxLength={500}
        disabled={!wanted}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {!option.mailReady && (
        <Alert color="yellow" py="xs" role="note" c="var(--mantine-color-text)">
          {t('needMail')}
        </Alert>
      )}
      <div className={styles.actions}>
        <Button
          disabled={!wanted || !option.mailReady}
          loading={preview.isPending}
          onClick={() => preview.mutate({ note })}
        >
          {t('confirm')}
        </Button>
      </div>
      <Dialog opened={preview.data !== undefined} onClose={close} title={t('confirmTitle')} size={620}>
        {preview.data && (
          <Stack gap="sm">
            <Text size="sm">{t('confirmWords')}</Text>
            <MailPreview preview={preview.data} />
            <Group justify="flex-end" gap="sm">
              <Button variant="default" onClick={close}>
                {t('back')}
              </Button>
              <Button
                data-autofocus
                loading={apply.isPending}
                onClick={() => apply.mutate({ version: option.version, note })}
              >
                {t('commit')}
              </Button>
            </Group>
          </Stack>
        )}
      </Dialog>
    </Stack>
  )
}
