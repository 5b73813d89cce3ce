import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OptionView } from '../../../../contract/options'
import { api } from '../../lib/client'
import { Dialog } from '../../ui/dialog'
import styles from './options.module.css'
import { useSettled } from './use-options'

type Act = 'answer' | 'withdraw' | 'stop'
const ACTS: readonly Act[] = ['withdraw', 'stop', 'answer']

/** 回答を記録, 取下げ, 停止: what the state allows, each asked for once more. */
export function StepButtons({ option }: { option: OptionView }) {
  const { t } = useTranslation('options')
  const { t: common } = useTranslation('common')
  const settled = useSettled()
  const [asked, setAsked] = useState<Act | null>(null)
  const [note, setNote] = useState('')
  const close = () => {
    setAsked(null)
    setNote('')
  }
  const step = useMutation(
    api.options.step.mutationOptions({
      onSuccess: async (_view, { event }) => {
        close()
        await settled.done(t(`act.${event}.done`))()
      },
      onError: async (error) => {
        close()
        await settled.failed(error)
      },
    }),
  )
  const acts = ACTS.filter((act) => option.allowed.includes(act))
  if (acts.length === 0) return null
  return (
    <div className={styles.actions}>
      {acts.map((act) => (
        <Button key={act} variant={act === 'answer' ? 'filled' : 'default'} onClick={() => setAsked(act)}>
          {t(`act.${act}.button`)}
        </Button>
      ))}
      <Dialog
        opened={asked !== null}
        onClose={close}
        title={asked === null ? '' : t(`act.${asked}.title`)}
        size={480}
      >
        {asked !== null && (
          <Stack gap="sm">
            <Text size="sm">{t(`act.${asked}.words`)}</Text>
            <Textarea
              label={t(`act.${asked}.note`)}
              rows={2}
              maxLength={500}
              data-autofocus
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
            <Group justify="flex-end" gap="sm">
              <Button variant="default" onClick={close}>
                {common('cancel')}
              </Button>
              <Button
                {...(asked === 'answer' ? {} : { color: 'red.9' })}
                loading={step.isPending}
                onClick={() => step.mutate({ version: option.version, event: asked, note })}
              >
                {t(`act.${asked}.yes`)}
              </Button>
            </Group>
          </Stack>
        )}
      </Dialog>
    </div>
  )
}
