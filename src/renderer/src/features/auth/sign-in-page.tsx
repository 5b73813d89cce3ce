import { Alert, Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { SystemInfo } from '../../../../contract/system'
import { api } from '../../lib/client'
import { SignInError } from './sign-in-error'

/** サインイン: e-mail and password; in training the sample account is offered. */
export function SignInPage({ info }: { info: SystemInfo }) {
  const { t } = useTranslation('auth')
  const queries = useQueryClient()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const passwordField = useRef<HTMLInputElement>(null)
  const signIn = useMutation(
    api.auth.signIn.mutationOptions({
      onSuccess: (session) => queries.setQueryData(api.auth.session.queryKey(), session),
      onError: () => passwordField.current?.select(),
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!signIn.isPending) signIn.mutate({ email, password })
  }
  const fill = () => {
    setEmail(info.sampleAccount?.email ?? '')
    setPassword(info.sampleAccount?.password ?? '')
    passwordField.current?.focus()
  }
  return (
    <main className="door">
      <Stack w={400} gap="md">
        <form className="card" onSubmit={submit} aria-labelledby="sign-in">
          <Stack gap="sm">
            <Title order={1} id="sign-in">
              {t('signIn.title')}
            </Title>
            <TextInput
              label={t('signIn.email')}
              type="email"
              autoComplete="username"
              required
              autoFocus
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <PasswordInput
              ref={passwordField}
              label={t('signIn.password')}
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <SignInError error={signIn.error} />
            <Button type="submit" loading={signIn.isPending}>
              {t('signIn.submit')}
            </Button>
          </Stack>
        </form>
        {info.sampleAccount && (
          <Alert variant="light" color="gray" title={t('signIn.sample')} c="var(--mantine-color-text)">
            <Text size="sm">
              {info.sampleAccount.email} / {info.sampleAccount.password}
            </Text>
            <Button mt="xs" variant="default" size="compact-sm" onClick={fill}>
              {t('signIn.fill')}
            </Button>
          </Alert>
        )}
      </Stack>
    </main>
  )
}
