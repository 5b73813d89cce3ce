import { Loader } from '@mantine/core'
import { IconAlertCircle, IconAlertTriangle, IconCheck, IconMinus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DiagnosisFinding, DiagnosisState } from '../../../../contract/diagnosis'
import styles from './diagnosis.module.css'

function StateIcon({ state }: { state: DiagnosisState }) {
  switch (state) {
    case 'waiting':
      return <span className={styles.dot} />
    case 'checking':
      return <Loader size={16} />
    case 'good':
      return <IconCheck size={18} stroke={2.6} />
    case 'warning':
      return <IconAlertCircle size={18} stroke={2.2} />
    case 'bad':
      return <IconAlertTriangle size={18} stroke={2.2} />
    case 'not-applicable':
      return <IconMinus size={18} />
  }
}

/** ケーブル → モード → 暗号鍵 → 登録 → 中継 → 決済サービス, each with its state, what was found and what to do. */
export function DiagnosisSteps({ findings }: { findings: readonly DiagnosisFinding[] }) {
  const { t } = useTranslation('diagnosis')
  return (
    <ol className={styles.steps} aria-label={t('stepsLabel')}>
      {findings.map(({ step, state, detail, action }) => (
        <li key={step} className={styles.step} data-step={step} data-state={state}>
          <span className={styles.icon} aria-hidden="true">
            <StateIcon state={state} />
          </span>
          <span className={styles.name}>{t(`steps.${step}`)}</span>
          <span className={styles.state}>{t(`states.${state}`)}</span>
          <div className={styles.words}>
            {detail !== '' && <p>{detail}</p>}
            {action !== null && <p className={styles.action}>{action}</p>}
          </div>
        </li>
      ))}
    </ol>
  )
}
