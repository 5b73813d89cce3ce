import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../lib/client'
import { Dialog } from '../../ui/dialog'
import { ErrorPanel } from '../../ui/states'
import type { SubscriptionChange } from './use-subscription-change'

interface ChangeDialogProps {
  readonly title: string
  readonly change: SubscriptionChange
  readonly yes: string
  readonly isGrave?: boolean
  readonly isReady?: boolean
  readonly size?: number
  /** False while another dialog stands in its place. */
  readonly isOpen?: boolean
  /** The button that saves, for a dialog that leads to it. */
  readonly yesRef?: Ref<HTMLButtonElement>
  readonly onYes: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** Asked for where the deadline is over: who may, says why; who may not, is told so. */
function OverrideReason({ change }: { change: SubscriptionChange }) {
  const { t } = useTranslation('subscriptionDesk')
  const session = useQuery(api.auth.session.queryOptions())
  if (!change.asksReason) return null
  const may = session.data?.permissions.includes('subscription.override') === true
  return (
    <Alert color="yellow" role="alert" c="var(--mantine-color-text)" title={t('change.deadline')}>
      <Text size="sm">{t(may ? 'change.giveReason' : 'change.noOverride')}</Text>
      {may && (
        <TextInput
          mt={8}
          label={t('change.reason')}
          maxLength={200}
          data-autofocus
          value={change.override}
          onChange={(event) => change.setOverride(event.currentTarget.value)}
        />
      )}
    </Alert>
  )
}

/** A change of a contract: what is asked, what follows, what stands in the way, then the two buttons. */
export function ChangeDialog(props: ChangeDialogProps) {
  const { t } = useTranslation('subscriptionDesk')
  const { title, change, yes, isGrave = false, isReady = true, size = 720, onYes, onClose, children } = props
  return (
    <Dialog opened={props.isOpen ?? true} onClose={onClose} title={title} size={size}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (isReady) onYes()
        }}
      >
        <Stack gap="sm">
          {children}
          <OverrideReason change={change} />
          {change.isStale && (
            <Alert color="yellow" role="alert" c="var(--mantine-color-text)">
              {t('change.stale')}
            </Alert>
          )}
          {change.refused !== null && (
            <Alert color="red" role="alert" c="var(--mantine-color-text)">
              {change.refused}
            </Alert>
          )}
          {change.error !== null && <ErrorPanel error={change.error} />}
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {t('change.close')}
            </Button>
            <Button
              ref={props.yesRef ?? null}
              {...(props.yesRef && isReady ? { 'data-autofocus': true } : {})}
              type="submit"
              loading={change.isRunning}
              disabled={!isReady || (change.asksReason && change.override.trim() === '')}
              {...(isGrave ? { color: 'red.8' } : {})}
            >
              {yes}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
