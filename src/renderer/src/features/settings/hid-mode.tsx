import { Alert, Button, Checkbox, Group, List, Stack, Text } from '@mantine/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, describeError } from '../../lib/client'
import { Dialog } from '../../ui/dialog'

/** After these another test tells how it stands: there is nothing more to do here. */
export type HidModeEnd = 'sent' | 'already'

interface HidModeProps {
  /** The kept settings say USB: only then the desk may write. */
  readonly isUsbKept: boolean
  readonly onEnd: (end: HidModeEnd) => void
}

function HidModeBody({ onEnd, onClose }: { onEnd: HidModeProps['onEnd']; onClose: () => void }) {
  const { t } = useTranslation('settings')
  const [consent, setConsent] = useState(false)
  const [isMissing, setMissing] = useState(false)
  const change = useMutation(
    api.settings.setHidMode.mutationOptions({
      onSuccess: ({ outcome }) => {
        if (outcome !== 'sent' && outcome !== 'already') return
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
      {(data?.outcome === 'refused' || data?.outcome === 'trouble') && (
        <Alert color="red" role="alert" py="xs" c="var(--mantine-color-text)" data-outcome={data.outcome}>
          <Text size="sm" fw={600}>
            {t(`hidMode.outcome.${data.outcome}`)}
          </Text>
          {data.why !== null && <Text size="sm">{data.why}</Text>}
        </Alert>
      )}
      {failed && (
        <Alert color="red" role="alert" py="xs" c="var(--mantine-color-text)">
          {[failed.message, failed.supportCode].filter(Boolean).join(' ')}
        </Alert>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t('hidMode.cancel')}
        </Button>
        <Button loading={change.isPending} onClick={confirm}>
          {t('hidMode.yes')}
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
