import { Button, Checkbox, Group, NumberInput, Skeleton, Stack, Switch, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IdentityQuestion, type IdentitySettings as Values } from '../../../../contract/identity-check'
import { api } from '../../lib/client'
import { tellError } from '../../lib/tell-error'
import { ErrorPanel } from '../../ui/states'

/** 設定 > 応対設定: what a caller is asked. */
export function IdentitySettings({ writable }: { writable: boolean }) {
  const stored = useQuery(api.identityCheck.settings.queryOptions())
  if (stored.isError) return <ErrorPanel error={stored.error} onRetry={() => void stored.refetch()} />
  if (!stored.data) return <Skeleton height={360} />
  const { version, values } = stored.data
  return <Form key={version} version={version} values={values} writable={writable} />
}

function Form({ version, values, writable }: { version: number; values: Values; writable: boolean }) {
  const { t } = useTranslation('identityCheck')
  const queries = useQueryClient()
  const [draft, setDraft] = useState(values)
  const save = useMutation(
    api.identityCheck.saveSettings.mutationOptions({
      onSuccess: (saved) => {
        queries.setQueryData(api.identityCheck.settings.queryKey(), saved)
        void queries.invalidateQueries({ queryKey: api.identityCheck.state.key() })
        notifications.show({ message: t('settings.saved') })
      },
      onError: tellError,
    }),
  )
  const change = (part: Partial<Values>) => setDraft({ ...draft, ...part })
  const pick = (chosen: string[]) => {
    const questions = IdentityQuestion.options.filter((one) => chosen.includes(one))
    if (questions.length > 0) change({ questions, required: Math.min(draft.required, questions.length) })
  }
  return (
    <form
      className="card"
      aria-labelledby="identity-settings"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ version, values: draft })
      }}
    >
      <Title order={2} id="identity-settings">
        {t('settings.title')}
      </Title>
      <Text size="sm" mb="sm">
        {t('settings.lead')}
      </Text>
      <Stack gap="sm">
        <Switch
          label={t('settings.enabled')}
          checked={draft.enabled}
          disabled={!writable}
          onChange={(event) => change({ enabled: event.currentTarget.checked })}
        />
        <Checkbox.Group label={t('settings.questions')} value={draft.questions} onChange={pick}>
          <Stack gap={8} mt={6}>
            {IdentityQuestion.options.map((question) => (
              <Checkbox
                key={question}
                value={question}
                label={t(`question.${question}`)}
                disabled={!writable}
              />
            ))}
          </Stack>
        </Checkbox.Group>
        <Group gap="md" align="start">
          <NumberInput
            label={t('settings.required')}
            w={200}
            min={1}
            max={draft.questions.length}
            disabled={!writable}
            value={draft.required}
            onChange={(value) => typeof value === 'number' && change({ required: value })}
          />
          <NumberInput
            label={t('settings.minutes')}
            w={200}
            min={1}
            max={240}
            disabled={!writable}
            value={draft.validMinutes}
            onChange={(value) => typeof value === 'number' && change({ validMinutes: value })}
          />
        </Group>
        <Group justify="flex-end">
          <Button type="submit" disabled={!writable} loading={save.isPending}>
            {t('settings.save')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
