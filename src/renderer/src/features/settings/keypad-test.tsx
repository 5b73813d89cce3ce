import { Alert, Button, Text } from '@mantine/core'
import { ORPCError } from '@orpc/client'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { KeypadSettings } from '../../../../contract/settings'
import { openDiagnosis } from '../diagnosis/diagnosis-store'
import { api, describeError, type client } from '../../lib/client'
import { HidMode } from './hid-mode'
import styles from './settings.module.css'
import type { FormValues } from './use-settings-form'

const Faults = z.object({ fields: z.array(z.object({ message: z.string() })) })

/** The sentences of a refused test: those of the fields, else that of the error. */
function sentencesOf(error: unknown): string[] {
  const parsed = Faults.safeParse(error instanceof ORPCError ? error.data : null)
  return parsed.success ? parsed.data.fields.map((fault) => fault.message) : [describeError(error).message]
}

type Tested = Awaited<ReturnType<typeof client.settings.testKeypad>>

interface KeypadTestProps {
  readonly values: FormValues
  readonly disabled: boolean
  readonly onTakeFingerprint: (fingerprint: string) => void
}

/** Pairs of hex digits, as the relay and certificate tools print them. */
const inPairs = (fingerprint: string): string => fingerprint.match(/../g)?.join(':') ?? fingerprint

/** Two lines of sixteen pairs: a person compares them with the relay's screen. */
const inLines = (fingerprint: string): string => inPairs(fingerprint).replace(/^(.{47}):/, '$1:\n')

/** What stands in the way, what to do, and the certificate that the relay showed. */
function Finding({
  finding,
  ms,
  connection,
  onTakeFingerprint,
}: Pick<KeypadTestProps, 'onTakeFingerprint'> & {
  finding: NonNullable<Tested['finding']>
  ms: number
  connection: FormValues['connection']
}) {
  const { t } = useTranslation('settings')
  const { shownFingerprint } = finding
  return (
    <Alert color="red" py="xs" c="var(--mantine-color-text)" data-cause={finding.cause}>
      <Text size="sm" fw={600}>
        {finding.finding}
      </Text>
      <Text size="sm">{finding.next}</Text>
      {finding.cause === 'keyboard-mode' && connection === 'usb' && <HidMode />}
      {shownFingerprint !== null && (
        <>
          <Text size="sm" mt={4}>
            {t('shownFingerprint')}
          </Text>
          <Text className={styles.shown ?? ''}>{inLines(shownFingerprint)}</Text>
          <Button
            variant="default"
            size="xs"
            my={4}
            onClick={() => onTakeFingerprint(inPairs(shownFingerprint))}
          >
            {t('takeFingerprint')}
          </Button>
        </>
      )}
      <Text size="sm" c="dimmed">
        {t('testAfter', { ms })}
      </Text>
    </Alert>
  )
}

/** 接続テスト with the values as they stand in the form; nothing is kept. */
export function KeypadTest({ values, disabled, onTakeFingerprint }: KeypadTestProps) {
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
        onClick={() =>
          parsed.success && test.mutate({ values: parsed.data, relayPairingCode: values.relayPairingCode })
        }
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
          <Alert color="accent" py="xs" c="var(--mantine-color-text)" data-test-ok>
            <Text size="sm" fw={600}>
              {t('testOk', { ms: data.ms })}
            </Text>
            <Text size="sm">
              {t('testDevice', {
                serial: data.serial ?? t('unknown'),
                firmware: data.firmware ?? t('unknown'),
              })}
            </Text>
            {data.otherPrograms.map(({ pid, name }) => (
              <Text key={pid} size="sm" c="var(--mantine-color-error)">
                {t('otherProgram', { name, pid })}
              </Text>
            ))}
          </Alert>
        )}
        {data?.finding && (
          <Finding
            finding={data.finding}
            ms={data.ms}
            connection={values.connection}
            onTakeFingerprint={(fingerprint) => {
              onTakeFingerprint(fingerprint)
              test.reset()
            }}
          />
        )}
      </div>
    </div>
  )
}
