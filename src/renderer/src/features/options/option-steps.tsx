import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { OptionView } from '../../../../contract/options'
import { formatDateTime } from '../../lib/format'
import styles from './options.module.css'

/** Who did what and when, newest first. */
export function OptionSteps({ steps }: { steps: OptionView['steps'] }) {
  const { t } = useTranslation('options')
  return (
    <section className="card" aria-labelledby="option-steps">
      <Title order={2} mb={6} id="option-steps">
        {t('steps.title')}
      </Title>
      {steps.length === 0 && <Text size="sm">{t('steps.none')}</Text>}
      {steps.length > 0 && (
        <table className={styles.steps} aria-labelledby="option-steps">
          <thead>
            <tr>
              <th scope="col">{t('steps.at')}</th>
              <th scope="col">{t('steps.what')}</th>
              <th scope="col">{t('steps.by')}</th>
              <th scope="col">{t('steps.note')}</th>
            </tr>
          </thead>
          <tbody>
            {steps.map((step) => (
              <tr key={step.id}>
                <td>{formatDateTime(step.at)}</td>
                <td>
                  <b>{t(`steps.event.${step.event}`)}</b>{' '}
                  <Text span size="xs" c="dimmed">
                    {t('steps.change', { from: t(`state.${step.from}`), to: t(`state.${step.to}`) })}
                  </Text>
                </td>
                <td>{step.by}</td>
                <td>{step.note}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}
