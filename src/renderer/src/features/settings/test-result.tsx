import { Alert, Button, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { client } from '../../lib/client'
import { HidMode, type HidModeEnd } from './hid-mode'
import styles from './settings.module.css'

export type Tested = Awaited<ReturnType<typeof client.settings.testKeypad>>

/** Pairs of hex digits, as the relay and certificate tools print them. */
const inPairs = (fingerprint: string): string => fingerprint.match(/../g)?.join(':') ?? fingerprint

/** Two lines of sixteen pairs: a person compares them with the relay's screen. */
const inLines = (fingerprint: string): string => inPairs(fingerprint).replace(/^(.{47}):/, '$1:\n')

interface FindingProps {
  readonly finding: NonNullable<Tested['finding']>
  readonly ms: number
  /** What was tested: a keypad on USB, and whether the kept settings name one. */
  readonly usb: { readonly isTested: boolean; readonly isKept: boolean }
  readonly onTakeFingerprint: (fingerprint: string) => void
  readonly onHidMode: (end: HidModeEnd) => void
}

/** What stands in the way, what to do, and the certificate that the relay showed. */
export function Finding({ finding, ms, usb, onTakeFingerprint, onHidMode }: FindingProps) {
  const { t } = useTranslation('settings')
  const { shownFingerprint } = finding
  return (
    <Alert color="red" py="xs" c="var(--mantine-color-text)" data-cause={finding.cause}>
      <Text size="sm" fw={600}>
        {finding.finding}
      </Text>
      <Text size="sm">{finding.next}</Text>
      {finding.cause === 'keyboard-mode' && usb.isTested && (
        <HidMode isUsbKept={usb.isKept} onEnd={onHidMode} />
      )}
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

/** The keypad that was reached. */
export function Reached({ serial, firmware, ms }: Tested) {
  const { t } = useTranslation('settings')
  return (
    <Alert color="accent" py="xs" c="var(--mantine-color-text)" data-test-ok>
      <Text size="sm" fw={600}>
        {t('testOk', { ms })}
      </Text>
      <Text size="sm">
        {t('testDevice', { serial: serial ?? t('unknown'), firmware: firmware ?? t('unknown') })}
      </Text>
    </Alert>
  )
}

/** Programs that receive the same input: no obstacle, but someone should know. */
export function OtherPrograms({ programs }: { programs: Tested['otherPrograms'] }) {
  const { t } = useTranslation('settings')
  if (programs.length === 0) return null
  return (
    <Alert color="yellow" py="xs" mt={8} c="var(--mantine-color-text)" data-other-programs>
      {programs.map((program) => (
        <Text key={program.pid} size="sm" fw={600}>
          {t('otherProgram', program)}
        </Text>
      ))}
      <Text size="sm">{t('otherProgramNext')}</Text>
    </Alert>
  )
}
