import { Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { SystemInfo } from '../../../../contract/system'
import { api } from '../../lib/client'
import styles from './auth.module.css'
import { SignInError } from './sign-in-error'

function SampleAccount({
  account,
  onFill,
}: {
  account: { email: string; password: string }
  onFill: () => void
}) {
  const { t } = useTranslation('auth')
  return (
    <section className={`card ${styles.narrow}`} aria-labelledby="sample">
      <Stack gap="xs">
        <Title order={2} id="sample">
          {t('signIn.sample')}
        </Title>
        <dl className="facts">
          <dt>{t('signIn.email')}</dt>
          <dd>{account.email}</dd>
          <dt>{t('signIn.password')}</dt>
          <dd>{account.password}</dd>
        </dl>
        <Button variant="default" onClick={onFill}>
          {t('signIn.fill')}
        </Button>
      </Stack>
    </section>
  )
}

/** サインイン: e-mail and password; in training the sample account is offered. */
export function SignInPage({ info }: { info: SystemInfo }) {
  const { t } = useTranslation('auth')
  const queries = useQueryClient()
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const passwordField = useRef<HTMLInputElement>(null)
  const submitButton = useRef<HTMLButtonElement>(null)
  const signIn = useMutation(
    api.auth.signIn.mutationOptions({
      onSuccess: (session) => queries.setQueryData(api.auth.session.queryKey(), session),
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (signIn.isPending) return
    signIn.mutate({ email, password }, { onError: () => passwordField.current?.select() })
  }
  const fill = ({ email: sample, password: word }: { email: string; password: string }) => {
    setEmail(sample)
    setPassword(word)
    submitButton.current?.focus()
  }
  const { sampleAccount } = info
  return (
    <main className="door">
      <Stack gap="md">
        <form className={`card ${styles.narrow}`} onSubmit={submit} aria-labelledby="sign-in">
          <Stack gap="sm">
            <Title order={1} id="sign-in">
              {t('signIn.title')}
            </Title>
            <TextInput
              label={t('signIn.email')}
              type="email"
              autoComplete="username"
              required
              withAsterisk={false}
              autoFocus
              value={email}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <PasswordInput
              ref={passwordField}
              label={t('signIn.password')}
              autoComplete="current-password"
              required
              withAsterisk={false}
              value={password}
              visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <SignInError error={signIn.error} />
            <Button ref={submitButton} type="submit" loading={signIn.isPending}>
              {t('signIn.submit')}
            </Button>
          </Stack>
        </form>
        {sampleAccount && <SampleAccount account={sampleAccount} onFill={() => fill(sampleAccount)} />}
        <div>
          <Text size="xs" c="dimmed" maw={400}>
            {t('signIn.help', { contact: info.supportContact })}
          </Text>
          <Text size="xs" c="dimmed">
            {t('signIn.version', { version: info.version })}
          </Text>
        </div>
      </Stack>
    </main>
  )
}
