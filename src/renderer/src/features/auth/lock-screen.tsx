import { Button, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Session } from '../../../../contract/auth'
import { api } from '../../lib/client'
import { SignInError } from './sign-in-error'

/** Covers the desk after the idle time; the page below stays as it is. */
export function LockScreen({ session }: { session: Session }) {
  const { t } = useTranslation('auth')
  const queries = useQueryClient()
  const [password, setPassword] = useState('')
  const seen = (now: Session | null) => queries.setQueryData(api.auth.session.queryKey(), now)
  const unlock = useMutation(
    api.auth.unlock.mutationOptions({
      onSuccess: async (now) => {
        seen(now)
        await queries.invalidateQueries()
      },
      onError: () => queries.invalidateQueries({ queryKey: api.auth.session.key() }),
    }),
  )
  const leave = useMutation(api.auth.signOut.mutationOptions({ onSuccess: () => queries.resetQueries() }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!unlock.isPending) unlock.mutate({ password })
  }
  return (
    <div
      className="door"
      style={{ position: 'fixed', inset: 0, zIndex: 1000, background: 'var(--mantine-color-body)' }}
    >
      <form
        className="card"
        style={{ width: 400 }}
        onSubmit={submit}
        role="dialog"
        aria-modal="true"
        aria-labelledby="lock"
      >
        <Stack gap="sm">
          <Title order={1} id="lock">
            {t('lock.title')}
          </Title>
          <Text size="sm">{t('lock.body', { name: session.name })}</Text>
          <PasswordInput
            label={t('signIn.password')}
            autoComplete="current-password"
            autoFocus
            required
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <SignInError error={unlock.error} />
          <Button type="submit" loading={unlock.isPending}>
            {t('lock.submit')}
          </Button>
          <Button variant="subtle" onClick={() => leave.mutate(undefined)}>
            {t('lock.other')}
          </Button>
        </Stack>
      </form>
    </div>
  )
}
