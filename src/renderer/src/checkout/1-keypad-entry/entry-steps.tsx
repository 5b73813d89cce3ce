import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { positionOf, type EntryStep } from './entry-state'
import styles from './popup.module.css'

const STEPS = ['waiting', 'receiving', 'tokenizing', 'done'] as const

/** 待機中 → 受信中 → カード確認中 → 完了. */
export function EntrySteps({ step }: { step: EntryStep }) {
  const { t } = useTranslation('checkout')
  const at = positionOf(step)
  return (
    <ol className={styles.steps} aria-label={t('popup.steps.label')}>
      {STEPS.map((name, index) => (
        <li
          key={name}
          aria-current={index === at ? 'step' : undefined}
          data-done={index < at || (index === at && name === 'done') || undefined}
        >
          <span className={styles.dot} aria-hidden>
            {index < at || (index === at && name === 'done') ? <IconCheck size={13} stroke={3} /> : index + 1}
          </span>
          {t(`popup.steps.${name}`)}
        </li>
      ))}
    </ol>
  )
}
