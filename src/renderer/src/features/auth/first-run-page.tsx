import { Alert, Button, List, PasswordInput, Radio, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { FirstRun, type DeskMode } from '../../../../contract/auth'
import { api, describeError } from '../../lib/client'

const RULES = [
  ['length', /^.{12,}$/],
  ['digit', /[0-9]/],
  ['lower', /[a-z]/],
  ['upper', /[A-Z]/],
  ['space', /^\S(.*\S)?$/],
] as const

function PasswordRules({ password }: { password: string }) {
  const { t } = useTranslation('auth')
  return (
    <List size="sm" spacing={2} listStyleType="none">
      {RULES.map(([name, shape]) => {
        const met = shape.test(password)
        return (
          <List.Item key={name} c={met ? 'teal.9' : 'var(--mantine-color-dimmed)'}>
            {met ? '✓' : '・'} {t(`first.rules.${name}`)}
          </List.Item>
        )
      })}
    </List>
  )
}

/** 初期設定: which database, the shop, and its first admin. */
export function FirstRunPage() {
  const { t } = useTranslation('auth')
  const queries = useQueryClient()
  const [mode, setMode] = useState<DeskMode>('training')
  const [fields, setFields] = useState({ shopName: '', adminName: '', email: '', password: '' })
  const [refused, setRefused] = useState(false)
  const start = useMutation(
    api.auth.firstRun.mutationOptions({
      onSuccess: async (session) => {
        queries.setQueryData(api.auth.session.queryKey(), session)
        await queries.invalidateQueries()
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const parsed = FirstRun.safeParse({ mode, ...fields })
    setRefused(!parsed.success)
    if (parsed.success && !start.isPending) start.mutate(parsed.data)
  }
  const field = (name: keyof typeof fields) => ({
    required: true,
    value: fields[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setFields((typed) => ({ ...typed, [name]: value }))
    },
  })
  return (
    <main className="door">
      <form className="card" style={{ width: 520 }} onSubmit={submit} aria-labelledby="first-run">
        <Stack gap="sm">
          <Title order={1} id="first-run">
            {t('first.title')}
          </Title>
          <Text size="sm">{t('first.lead')}</Text>
          <Radio.Group
            label={t('first.mode')}
            value={mode}
            onChange={(chosen) => setMode(chosen === 'production' ? 'production' : 'training')}
          >
            <Stack gap={6} mt={4}>
              <Radio
                value="training"
                label={t('first.training')}
                description={t('first.trainingNote')}
                autoFocus
              />
              <Radio
                value="production"
                label={t('first.production')}
                description={t('first.productionNote')}
              />
            </Stack>
          </Radio.Group>
          <TextInput label={t('first.shopName')} {...field('shopName')} />
          <TextInput label={t('first.adminName')} {...field('adminName')} />
          <TextInput label={t('first.email')} type="email" {...field('email')} />
          <PasswordInput label={t('first.password')} autoComplete="new-password" {...field('password')} />
          <PasswordRules password={fields.password} />
          {(refused || start.isError) && (
            <Alert color="red" role="alert" py="xs">
              {start.isError ? describeError(start.error).message : t('first.check')}
            </Alert>
          )}
          <Button type="submit" loading={start.isPending}>
            {t('first.submit')}
          </Button>
        </Stack>
      </form>
    </main>
  )
}
