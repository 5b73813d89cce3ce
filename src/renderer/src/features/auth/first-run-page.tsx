import { Alert, Button, PasswordInput, Radio, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { DeskMode, FirstRun } from '../../../../contract/auth'
import { api, describeError } from '../../lib/client'
import { useFieldFlow } from '../../lib/keyboard'
import styles from './auth.module.css'
import { PasswordRules } from './password-rules'

const FIELDS = ['shopName', 'adminName', 'email', 'password'] as const
type FieldName = (typeof FIELDS)[number]

/** Which fields the contract refuses. */
function faultsOf(input: unknown): ReadonlySet<string> {
  const parsed = FirstRun.safeParse(input)
  return new Set(parsed.success ? [] : parsed.error.issues.map((issue) => String(issue.path[0])))
}

function ModeChoice({ mode, onChange }: { mode: DeskMode; onChange: (mode: DeskMode) => void }) {
  const { t } = useTranslation('auth')
  return (
    <Radio.Group label={t('first.mode')} value={mode} onChange={(value) => onChange(DeskMode.parse(value))}>
      <div className={styles.columns} style={{ marginTop: 4 }}>
        {DeskMode.options.map((option) => (
          <div key={option} className={styles.mode}>
            <Radio value={option} label={t(`first.${option}`)} description={t(`first.${option}Note`)} />
          </div>
        ))}
      </div>
    </Radio.Group>
  )
}

function useFirstRun() {
  const queries = useQueryClient()
  return useMutation(
    api.auth.firstRun.mutationOptions({
      onSuccess: async (session) => {
        await queries.invalidateQueries({ queryKey: api.system.info.key() })
        queries.setQueryData(api.auth.session.queryKey(), session)
      },
      onError: () => queries.invalidateQueries({ queryKey: api.system.info.key() }),
    }),
  )
}

/** 初期設定: which database, the shop, and its first admin. */
export function FirstRunPage() {
  const { t } = useTranslation('auth')
  const form = useRef<HTMLFormElement>(null)
  const [mode, setMode] = useState<DeskMode>('training')
  const [typed, setTyped] = useState({ shopName: '', adminName: '', email: '', password: '' })
  const [tried, setTried] = useState(false)
  const start = useFirstRun()
  useFieldFlow(form)
  const input = { ...typed, mode, shopName: typed.shopName.trim(), adminName: typed.adminName.trim() }
  const faults = faultsOf(input)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    const parsed = FirstRun.safeParse(input)
    if (parsed.success && !start.isPending) start.mutate(parsed.data)
    const first = FIELDS.find((name) => faults.has(name))
    if (first) form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus()
  }
  const field = (name: FieldName) => ({
    name,
    label: t(`first.${name}`),
    withAsterisk: true,
    value: typed[name],
    error: tried && faults.has(name) ? t(`first.faults.${name}`) : undefined,
    onChange: (event: { currentTarget: { value: string } }) => {
      const { value } = event.currentTarget
      setTyped((seen) => ({ ...seen, [name]: value }))
    },
  })
  return (
    <main className="door">
      <form
        ref={form}
        className={`card ${styles.wide}`}
        onSubmit={submit}
        aria-labelledby="first-run"
        noValidate
      >
        <Stack gap="sm">
          <Title order={1} id="first-run">
            {t('first.title')}
          </Title>
          <Text size="sm">{t('first.lead')}</Text>
          <ModeChoice mode={mode} onChange={setMode} />
          <div className={styles.columns}>
            <TextInput {...field('shopName')} placeholder={t('first.shopHint')} autoFocus maxLength={60} />
            <TextInput {...field('adminName')} autoComplete="name" maxLength={40} />
            <TextInput {...field('email')} type="email" inputMode="email" autoComplete="username" />
            <PasswordInput
              {...field('password')}
              autoComplete="new-password"
              aria-describedby="password-rules"
              visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
            />
            <div className={styles.full}>
              <PasswordRules id="password-rules" password={typed.password} />
            </div>
          </div>
          <div role="alert">
            {start.isError && (
              <Alert color="red" py="xs" c="var(--mantine-color-text)">
                {describeError(start.error).message}
              </Alert>
            )}
          </div>
          <Button type="submit" data-flow loading={start.isPending}>
            {t('first.submit')}
          </Button>
        </Stack>
      </form>
    </main>
  )
}
