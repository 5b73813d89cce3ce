import { Button, Group, NumberInput, Radio, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BlacklistSettings } from '../../../../contract/blacklist'
import { api } from '../../lib/client'
import { tellError } from '../../lib/tell-error'
import { Dialog } from '../../ui/dialog'

/** 判定の設定, for those who may change settings. */
export function RulesButton() {
  const { t } = useTranslation('blacklist')
  const [opened, setOpened] = useState(false)
  const rules = useQuery(api.blacklist.settings.queryOptions())
  return (
    <>
      <Button variant="default" disabled={!rules.data} onClick={() => setOpened(true)}>
        {t('settings.button')}
      </Button>
      {opened && rules.data && (
        <RulesDialog version={rules.data.version} kept={rules.data.values} onClose={() => setOpened(false)} />
      )}
    </>
  )
}

interface RulesDialogProps {
  readonly version: number
  readonly kept: BlacklistSettings
  readonly onClose: () => void
}

function RulesDialog({ version, kept, onClose }: RulesDialogProps) {
  const { t } = useTranslation('blacklist')
  const { t: common } = useTranslation('common')
  const queries = useQueryClient()
  const [values, setValues] = useState(kept)
  const saving = useMutation(
    api.blacklist.saveSettings.mutationOptions({
      onSuccess: (saved) => {
        queries.setQueryData(api.blacklist.settings.queryKey(), saved)
        notifications.show({ message: t('settings.saved') })
        onClose()
      },
      onError: (error) => {
        tellError(error)
        void queries.invalidateQueries({ queryKey: api.blacklist.settings.key() })
      },
    }),
  )
  const whole = (value: string | number) => (typeof value === 'number' ? Math.trunc(value) : null)
  return (
    <Dialog opened onClose={onClose} title={t('settings.title')} size={460}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate({ version, values })
        }}
      >
        <Stack gap="sm">
          <NumberInput
            label={t('settings.required')}
            description={t('settings.requiredHint')}
            min={1}
            max={6}
            clampBehavior="strict"
            data-autofocus
            value={values.required}
            onChange={(value) => setValues((seen) => ({ ...seen, required: whole(value) ?? seen.required }))}
          />
          <Radio.Group
            label={t('settings.candidates')}
            value={values.candidates}
            onChange={(value) =>
              setValues((seen) => ({ ...seen, candidates: value === 'mark' ? 'mark' : 'hold' }))
            }
          >
            <Group gap="lg" mt={6}>
              <Radio value="hold" label={t('settings.hold')} />
              <Radio value="mark" label={t('settings.mark')} />
            </Group>
          </Radio.Group>
          <NumberInput
            label={t('settings.limit')}
            description={t('settings.limitHint')}
            min={1}
            max={99}
            clampBehavior="strict"
            value={values.cardFailureLimit ?? ''}
            onChange={(value) => setValues((seen) => ({ ...seen, cardFailureLimit: whole(value) }))}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={saving.isPending}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
