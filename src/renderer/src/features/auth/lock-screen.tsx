import { Button, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useLayoutEffect, useRef, useState, type FormEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { Session } from '../../../../contract/auth'
import { api, refusalCode } from '../../lib/client'
import { setKeyCurtain } from '../../lib/keyboard'
import { LockedCalls } from '../calls/locked-calls'
import styles from './auth.module.css'
import { leaveDesk } from './leave-desk'
import { SignInError } from './sign-in-error'

/**
 * Shows the dialog in the browser's top layer: everything else, open dialogs too, is inert and covered, and no
 * key of the desk acts. Gives the focus back to where it was.
 */
function useTopLayer(
  dialog: RefObject<HTMLDialogElement | null>,
  first: RefObject<HTMLElement | null>,
): void {
  const before = useRef<Element | null>(null)
  useLayoutEffect(() => {
    if (!dialog.current?.contains(document.activeElement)) before.current = document.activeElement
    setKeyCurtain(true)
    dialog.current?.showModal()
    first.current?.focus()
    return () => {
      setKeyCurtain(false)
      requestAnimationFrame(() => {
        if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus()
      })
    }
  }, [dialog, first])
}

/** Covers the desk after the idle time; the page below stays as it is. */
export function LockScreen({ session, training }: { session: Session; training: boolean }) {
  const { t } = useTranslation('auth')
  const { t: common } = useTranslation('common')
  const queries = useQueryClient()
  const dialog = useRef<HTMLDialogElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const [password, setPassword] = useState('')
  useTopLayer(dialog, field)
  const unlock = useMutation(
    api.auth.unlock.mutationOptions({
      onSuccess: async (now) => {
        queries.setQueryData(api.auth.session.queryKey(), now)
        await queries.invalidateQueries()
      },
      onError: (error) => {
        setPassword('')
        if (refusalCode(error) === 'UNAUTHORIZED') {
          void queries.invalidateQueries({ queryKey: api.auth.session.key() })
        }
      },
    }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (unlock.isPending) return
    unlock.mutate({ password }, { onError: () => field.current?.focus() })
  }
  return (
    <dialog
      ref={dialog}
      className={styles.lock}
      aria-labelledby="lock-title"
      onCancel={(event) => event.preventDefault()}
    >
      {training && <div className="band">{common('training')}</div>}
      <div className="door">
        <form className={`card ${styles.narrow}`} onSubmit={submit}>
          <Stack gap="sm">
            <Title order={1} id="lock-title">
              {t('lock.title')}
            </Title>
            <Text size="sm">{t('lock.body', { name: session.name })}</Text>
            <LockedCalls />
            <PasswordInput
              ref={field}
              label={t('signIn.password')}
              autoComplete="current-password"
              required
              value={password}
              visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
              onChange={(event) => setPassword(event.currentTarget.value)}
            />
            <SignInError error={unlock.error} />
            <Button type="submit" loading={unlock.isPending}>
              {t('lock.submit')}
            </Button>
            <Button variant="subtle" onClick={() => void leaveDesk(queries)}>
              {t('lock.other')}
            </Button>
            <Text size="xs" c="dimmed">
              {t('lock.otherNote')}
            </Text>
          </Stack>
        </form>
      </div>
    </dialog>
  )
}
