import { Alert, Button, Text } from '@mantine/core'
import { ORPCError } from '@orpc/client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { KeypadSettings } from '../../../../contract/settings'
import { openDiagnosis } from '../diagnosis/diagnosis-store'
import { api, describeError } from '../../lib/client'
import { HidMode, type HidModeEnd } from './hid-mode'
import styles from './settings.module.css'
import { Finding, OtherPrograms, Reached } from './test-result'
import type { FormValues } from './use-settings-form'

const Faults = z.object({ fields: z.array(z.object({ message: z.string() })) })

/** The sentences of a refused test: those of the fields, else that of the error. */
function sentencesOf(error: unknown): string[] {
  const parsed = Faults.safeParse(error instanceof ORPCError ? error.data : null)
  return parsed.success ? parsed.data.fields.map((fault) => fault.message) : [describeError(error).message]
}

interface KeypadTestProps {
  readonly values: FormValues
  readonly keptConnection: FormValues['connection']
  readonly disabled: boolean
  readonly onTakeFingerprint: (fingerprint: string) => void
}

/** Says what the keypad's lamp says of a keypad that types, before any test. */
function TypingNow({ onHidMode }: { onHidMode: (end: HidModeEnd) => void }) {
  const { t } = useTranslation('settings')
  return (
    <Alert color="red" py="xs" mt={8} c="var(--mantine-color-text)" data-cause="keyboard-mode">
      <Text size="sm" fw={600}>
        {t('hidMode.lamp')}
      </Text>
      <HidMode isUsbKept onEnd={onHidMode} />
    </Alert>
  )
}

function useKeypadTest(keptConnection: FormValues['connection']) {
  const test = useMutation(api.settings.testKeypad.mutationOptions())
  const lamp = useQuery(api.keypad.lamp.queryOptions())
  const [hidMode, setHidMode] = useState<HidModeEnd | null>(null)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // What was pressed is gone with the finding; the next thing to press is the test.
    if (hidMode !== null) button.current?.focus()
  }, [hidMode])
  const isTyping = keptConnection === 'usb' && lamp.data?.failure?.cause === 'keyboard-mode'
  return {
    test,
    button,
    hidMode,
    start: (values: Parameters<typeof test.mutate>[0]) => {
      setHidMode(null)
      test.mutate(values)
    },
    onHidMode: (end: HidModeEnd) => {
      test.reset()
      setHidMode(end)
    },
    isTypingNow: test.isIdle && hidMode === null && isTyping,
  }
}

/** 接続テスト with the values as they stand in the form; nothing is kept. */
export function KeypadTest({ values, keptConnection, disabled, onTakeFingerprint }: KeypadTestProps) {
  const { t } = useTranslation('settings')
  const { test, button, hidMode, start, onHidMode, isTypingNow } = useKeypadTest(keptConnection)
  const parsed = KeypadSettings.safeParse(values)
  const { data } = test
  const usb = { isTested: test.variables?.values.connection === 'usb', isKept: keptConnection === 'usb' }
  const takeFingerprint = (fingerprint: string) => {
    onTakeFingerprint(fingerprint)
    test.reset()
  }
  return (
    <div className={styles.test}>
      <Button
        ref={button}
        variant="default"
        disabled={disabled || !parsed.success}
        loading={test.isPending}
        onClick={() =>
          parsed.success && start({ values: parsed.data, relayPairingCode: values.relayPairingCode })
        }
      >
        {t('test')}
      </Button>
      <Button variant="default" onClick={openDiagnosis}>
        {t('diagnosis')}
      </Button>
      <div role="status">
        {test.isIdle && hidMode === null && (
          <Text size="sm" c="dimmed" mt={8}>
            {t('testNote')} {t('diagnosisNote')}
          </Text>
        )}
        {isTypingNow && <TypingNow onHidMode={onHidMode} />}
        {test.isIdle && hidMode !== null && (
          <Alert color="accent" py="xs" c="var(--mantine-color-text)" data-hid-mode={hidMode}>
            {t(`hidMode.outcome.${hidMode}`)}
          </Alert>
        )}
        {test.isError && (
          <Alert color="red" py="xs" c="var(--mantine-color-text)">
            {sentencesOf(test.error).join(' ')}
          </Alert>
        )}
        {data?.ok === true && <Reached {...data} />}
        {data?.finding && (
          <Finding
            finding={data.finding}
            ms={data.ms}
            usb={usb}
            onTakeFingerprint={takeFingerprint}
            onHidMode={onHidMode}
          />
        )}
        {data && <OtherPrograms programs={data.otherPrograms} />}
      </div>
    </div>
  )
}
