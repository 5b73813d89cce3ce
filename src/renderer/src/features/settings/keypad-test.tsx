import { Alert, Button, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { KeypadSettings } from '../../../../contract/settings'
import { api, describeError } from '../../lib/client'

/** 接続テスト with the values as they stand in the form; nothing is kept. */
export function KeypadTest({ values, disabled }: { values: KeypadSettings; disabled: boolean }) {
  const { t } = useTranslation('settings')
  const test = useMutation(api.settings.testKeypad.mutationOptions())
  const {
    serviceId,
    keypadEnabled,
    connection,
    relayHost,
    relayPort,
    relayFingerprint,
    entryTimeoutSeconds,
  } = values
  const tried = {
    serviceId,
    keypadEnabled,
    connection,
    relayHost,
    relayPort,
    relayFingerprint,
    entryTimeoutSeconds,
  }
  const { data } = test
  return (
    <Group gap="sm" align="start" mih={62} wrap="nowrap">
      <Button
        variant="default"
        disabled={disabled}
        loading={test.isPending}
        onClick={() => test.mutate({ values: tried })}
      >
        {t('test')}
      </Button>
      <div role="status" style={{ flex: 1 }}>
        {test.isError && (
          <Alert color="red" py="xs">
            {describeError(test.error).message}
          </Alert>
        )}
        {data?.ok === true && (
          <Alert color="teal" py="xs" c="var(--mantine-color-text)">
            {t('testOk', { ms: data.ms, serial: data.serial ?? t('unknown') })}
          </Alert>
        )}
        {data?.failure && (
          <Alert color="red" py="xs" c="var(--mantine-color-text)">
            <Text size="sm" fw={600}>
              {data.failure.message}
            </Text>
            <Text size="sm">{data.failure.action}</Text>
          </Alert>
        )}
      </div>
    </Group>
  )
}
