import { Alert, Button, Checkbox, Group, Stack, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, describeError } from '../../lib/client'
import { Dialog } from '../../ui/dialog'

/** Asks for the provider's consent, then switches a keypad that types to HID mode. */
export function HidMode() {
  const { t } = useTranslation('settings')
  const [asked, setAsked] = useState(false)
  const [consent, setConsent] = useState(false)
  const change = useMutation(api.settings.setHidMode.mutationOptions({ onSettled: () => setAsked(false) }))
  const open = () => {
    setConsent(false)
    change.reset()
    setAsked(true)
  }
  const { data } = change
  return (
    <>
      <Button variant="default" size="xs" my={4} onClick={open}>
        {t('hidMode.open')}
      </Button>
      {change.isError && (
        <Alert color="red" py="xs">
          {describeError(change.error).message}
        </Alert>
      )}
      {data && <Text size="sm">{`${t(`hidMode.outcome.${data.outcome}`)} ${data.why ?? ''}`.trim()}</Text>}
      <Dialog opened={asked} onClose={() => setAsked(false)} size={520} title={t('hidMode.title')}>
        <Stack gap="md">
          <Text size="sm">{t('hidMode.what')}</Text>
          <Text size="sm">{t('hidMode.provider')}</Text>
          <Checkbox
            data-autofocus
            label={t('hidMode.consent')}
            checked={consent}
            onChange={(event) => setConsent(event.currentTarget.checked)}
          />
          <Group justify="end" gap="xs">
            <Button variant="default" onClick={() => setAsked(false)}>
              {t('hidMode.cancel')}
            </Button>
            <Button
              disabled={!consent}
              loading={change.isPending}
              onClick={() => change.mutate({ providerConsent: true })}
            >
              {t('hidMode.yes')}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    </>
  )
}
