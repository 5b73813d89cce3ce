import { Alert, Button, Checkbox, Group, List, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, describeError, type client } from '../../lib/client'
import { Dialog } from '../../ui/dialog'

/** After these another test tells how it stands: there is nothing more to do here. */
export type HidModeEnd = 'switched' | 'already'

type Outcome = Awaited<ReturnType<typeof client.settings.setHidMode>>

interface HidModeProps {
  /** The kept settings say USB: only then the desk may write. */
  readonly isUsbKept: boolean
  readonly onEnd: (end: HidModeEnd) => void
}

/** What happened, what stays as it was, and what to do. */
function NotSwitched({ outcome, why }: Outcome) {
  const { t } = useTranslation('settings')
  if (outcome === 'switched' || outcome === 'already') return null
  return (
    <Alert color="red" role="alert" py="xs" c="var(--mantine-color-text)" data-outcome={outcome}>
      <Text size="sm" fw={600} mb={4}>
        {t(`hidMode.failed.${outcome}.what`)}
      </Text>
      <dl className="facts">
        <dt>{t('hidMode.kept')}</dt>
        <dd>{t(`hidMode.failed.${outcome}.kept`)}</dd>
        <dt>{t('hidMode.next')}</dt>
        <dd>{outcome === 'trouble' ? why : t(`hidMode.failed.${outcome}.next`)}</dd>
      </dl>
    </Alert>
  )
}

function HidModeBody({ onEnd, onClose }: { onEnd: HidModeProps['onEnd']; onClose: () => void }) {
  const { t } = useTranslation('settings')
  const [consent, setConsent] = useState(false)
  const [isMissing, setMissing] = useState(false)
  const change = useMutation(
    api.settings.setHidMode.mutationOptions({
      onSuccess: ({ outcome }) => {
        if (outcome !== 'switched' && outcome !== 'already') return
        onClose()
        onEnd(outcome)
      },
    }),
  )
  const confirm = () => {
    setMissing(!consent)
    if (consent) change.mutate({ providerConsent: true })
  }
  const { data, error } = change
  const failed = error === null ? null : describeError(error)
  return (
    <Stack gap="sm">
      <List size="sm" spacing={4}>
        <List.Item>{t('hidMode.what')}</List.Item>
        <List.Item>{t('hidMode.restart')}</List.Item>
        <List.Item fw={600}>{t('hidMode.provider')}</List.Item>
      </List>
      <Checkbox
        data-autofocus
        required
        label={t('hidMode.consent')}
        checked={consent}
        error={isMissing && !consent ? t('hidMode.noConsent') : null}
        onChange={(event) => setConsent(event.currentTarget.checked)}
      />
      {data && !change.isPending && <NotSwitched {...data} />}
      {failed && (
        <Alert color="red" role="alert" py="xs" c="var(--mantine-color-text)">
          {[failed.message, failed.supportCode].filter(Boolean).join(' ')}
        </Alert>
      )}
      {change.isPending && (
        <Text size="sm" role="status">
          {t('hidMode.waiting')}
        </Text>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t(data === undefined ? 'hidMode.cancel' : 'hidMode.close')}
        </Button>
        <Button loading={change.isPending} onClick={confirm}>
          {t(data === undefined ? 'hidMode.yes' : 'hidMode.again')}
        </Button>
      </Group>
    </Stack>
  )
}

/** HIDモードに切り替える: asks for the provider's consent before the one write to a keypad that types. */
export function HidMode({ isUsbKept, onEnd }: HidModeProps) {
  const { t } = useTranslation('settings')
  const session = useQuery(api.auth.session.queryOptions())
  const [asked, setAsked] = useState(false)
  if (session.data?.permissions.includes('keypad.manage') !== true) return null
  if (!isUsbKept) return <Text size="sm">{t('hidMode.saveFirst')}</Text>
  const close = () => setAsked(false)
  return (
    <>
      <Button variant="default" size="xs" my={4} onClick={() => setAsked(true)}>
        {t('hidMode.open')}
      </Button>
      <Dialog opened={asked} onClose={close} size={540} title={t('hidMode.title')}>
        <HidModeBody onEnd={onEnd} onClose={close} />
      </Dialog>
    </>
  )
}
