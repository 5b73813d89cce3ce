import { Button, Portal, Text } from '@mantine/core'
import { IconCopy, IconDeviceFloppy, IconPrinter } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DiagnosisState } from '../../../../contract/diagnosis'
import { api, describeError } from '../../lib/client'
import { Dialog } from '../../ui/dialog'
import { ErrorPanel } from '../../ui/states'
import { useEscapeAhead } from '../../ui/use-escape-ahead'
import { DiagnosisSteps } from './diagnosis-steps'
import { closeDiagnosis, diagnosisIsOpen, useDiagnosisOpen } from './diagnosis-store'
import styles from './diagnosis.module.css'
import { useDiagnosis, type DiagnosisRun } from './use-diagnosis'

/** Above the keypad popup, below the help. */
const OVER_POPUP = 300

function Conclusion({ run }: { run: DiagnosisRun }) {
  const { t } = useTranslation('diagnosis')
  const count = (wanted: DiagnosisState) => run.findings.filter(({ state }) => state === wanted).length
  const worst = count('bad') > 0 ? 'bad' : count('warning') > 0 ? 'warning' : 'good'
  const word = run.error !== null ? 'broken' : run.report === null ? 'running' : worst
  return (
    <p className={styles.conclusion} role="status" data-state={word}>
      {t(`conclusion.${word}`, { count: count(worst) })}
    </p>
  )
}

/** Copy, save and print, once there is a report. */
function HandOut({ reportId }: { reportId: string | null }) {
  const { t } = useTranslation('diagnosis')
  const copy = useMutation(api.diagnosis.copy.mutationOptions())
  const save = useMutation(api.diagnosis.save.mutationOptions())
  const none = reportId === null
  const error = copy.error ?? save.error
  const said = () => {
    if (error) return describeError(error).message
    if (save.isSuccess && save.data.saved) return t('saved')
    return copy.isSuccess ? t('copied') : t('noSecrets')
  }
  return (
    <div className={styles.handOut}>
      <div className={styles.buttons}>
        <Button
          variant="default"
          disabled={none}
          leftSection={<IconCopy size={16} aria-hidden="true" />}
          onClick={() => {
            save.reset()
            if (reportId !== null) copy.mutate({ reportId })
          }}
        >
          {t('copy')}
        </Button>
        <Button
          variant="default"
          disabled={none}
          leftSection={<IconDeviceFloppy size={16} aria-hidden="true" />}
          onClick={() => {
            copy.reset()
            if (reportId !== null) save.mutate({ reportId })
          }}
        >
          {t('save')}
        </Button>
        <Button
          variant="default"
          disabled={none}
          leftSection={<IconPrinter size={16} aria-hidden="true" />}
          onClick={() => window.print()}
        >
          {t('print')}
        </Button>
      </div>
      <Text size="sm" c={error ? 'red.9' : 'dimmed'} role="status">
        {said()}
      </Text>
    </div>
  )
}

function DiagnosisBody() {
  const [turn, setTurn] = useState(0)
  return <Turn key={turn} again={() => setTurn(turn + 1)} />
}

function Turn({ again }: { again: () => void }) {
  const { t } = useTranslation('diagnosis')
  const run = useDiagnosis()
  const { report, error } = run
  return (
    <div className={styles.body}>
      <Conclusion run={run} />
      <DiagnosisSteps findings={run.findings} />
      {error !== null && <ErrorPanel error={error} onRetry={again} />}
      <HandOut key={report?.reportId} reportId={report?.reportId ?? null} />
      <div className={styles.footer}>
        <Text size="sm" c="dimmed" className={styles.note ?? ''}>
          {t('note')}
        </Text>
        <Button variant="default" disabled={report === null && error === null} onClick={again}>
          {t('again')}
        </Button>
        <Button data-autofocus onClick={closeDiagnosis}>
          {t('close')}
        </Button>
      </div>
      {report && (
        <Portal reuseTargetNode={false}>
          <pre className={styles.paper} aria-hidden="true">
            {report.text}
          </pre>
        </Portal>
      )}
    </div>
  )
}

/** 診断: from 重要項目設定 and from a card entry that failed. */
export function DiagnosisDialog({ locked }: { locked: boolean }) {
  const { t } = useTranslation('diagnosis')
  const opened = useDiagnosisOpen()
  useEscapeAhead(diagnosisIsOpen, closeDiagnosis)
  return (
    <Dialog
      opened={opened && !locked}
      onClose={closeDiagnosis}
      title={t('title')}
      size={720}
      zIndex={OVER_POPUP}
    >
      <DiagnosisBody />
    </Dialog>
  )
}
