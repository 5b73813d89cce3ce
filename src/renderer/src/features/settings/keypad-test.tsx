import { Alert, Button, Text } from '@mantine/core'
import { ORPCError } from '@orpc/client'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { KeypadSettings } from '../../../../contract/settings'
import { openDiagnosis } from '../diagnosis/diagnosis-store'
import { api, describeError } from '../../lib/client'
import styles from './settings.module.css'

const Faults = z.object({ fields: z.array(z.object({ message: z.string() })) })

/** The sentences of a refused test: those of the fields, else that of the error. */
function sentencesOf(error: unknown): string[] {
  const parsed = Faults.safeParse(error instanceof ORPCError ? error.data : null)
  return parsed.success ? parsed.data.fields.map((fault) => fault.message) : [describeError(error).message]
}

/** 接続テスト with the values as they stand in the form; nothing is kept. */
export function KeypadTest({ values, disabled }: { values: KeypadSettings; disabled: boolean }) {
  const { t } = useTranslation('settings')
  const test = useMutation(api.settings.testKeypad.mutationOptions())
  const parsed = KeypadSettings.safeParse(values)
  const { data } = test
  return (
    <div className={styles.test}>
      <Button
        variant="default"
        disabled={disabled || !parsed.success}
        loading={test.isPending}
        onClick={() => parsed.success && test.mutate({ values: parsed.data })}
      >
        {t('test')}
      </Button>
      <Button variant="default" onClick={openDiagnosis}>
        {t('diagnosis')}
      </Button>
      <div role="status">
        {test.isIdle && (
          <Text size="sm" c="dimmed" mt={8}>
            {t('testNote')} {t('diagnosisNote')}
          </Text>
        )}
        {test.isError && (
          <Alert color="red" py="xs" c="var(--mantine-color-text)">
            {sentencesOf(test.error).join(' ')}
          </Alert>
        )}
        {data?.ok === true && (
          <Alert color="accent" py="xs" c="var(--mantine-color-text)">
            <Text size="sm" fw={600}>
              {t('testOk', { ms: data.ms })}
            </Text>
            <Text size="sm">
              {t('testDevice', {
                serial: data.serial ?? t('unknown'),
                firmware: data.firmware ?? t('unknown'),
              })}
            </Text>
          </Alert>
        )}
        {data?.failure && (
          <Alert color="red" py="xs" c="var(--mantine-color-text)">
            <Text size="sm" fw={600}>
              {data.failure.message}
            </Text>
            <Text size="sm">{data.failure.action}</Text>
            <Text size="sm" c="dimmed">
              {t('testAfter', { ms: data.ms })}
            </Text>
          </Alert>
        )}
      </div>
    </div>
  )
}
