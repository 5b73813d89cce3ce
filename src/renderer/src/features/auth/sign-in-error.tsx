import { Alert, Text } from '@mantine/core'
import { ORPCError } from '@orpc/client'
import { useTranslation } from 'react-i18next'
import { describeError } from '../../lib/client'

const attemptsLeft = (error: unknown): number | null => {
  const data: unknown = error instanceof ORPCError ? error.data : null
  if (typeof data !== 'object' || data === null || !('attemptsLeft' in data)) return null
  return typeof data.attemptsLeft === 'number' ? data.attemptsLeft : null
}

/** Why a sign-in was refused, and how many tries are left. */
export function SignInError({ error }: { error: unknown }) {
  const { t } = useTranslation('auth')
  if (error === null || error === undefined) return null
  const left = attemptsLeft(error)
  const { message, supportCode } = describeError(error)
  return (
    <Alert color="red" role="alert" py="xs" c="var(--mantine-color-text)">
      <Text size="sm">{message}</Text>
      {left !== null && <Text size="sm">{t('signIn.left', { count: left })}</Text>}
      {supportCode !== null && <Text size="sm">{t('signIn.support', { code: supportCode })}</Text>}
    </Alert>
  )
}
