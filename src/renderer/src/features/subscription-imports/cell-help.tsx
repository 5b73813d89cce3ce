import { useTranslation } from 'react-i18next'
import styles from '../../ui/csv-import/csv-import.module.css'

const FIELDS = ['rule', 'items', 'itemMode', 'priceSteps', 'state', 'wrapping'] as const

/** How the cells of a file of 定期 are written, for whoever makes it. */
export function CellHelp() {
  const { t } = useTranslation('subscriptionImports')
  return (
    <details className={styles.help}>
      <summary>{t('help.title')}</summary>
      <dl>
        {FIELDS.map((field) => (
          <div key={field}>
            <dt>{t(`field.${field}`)}</dt>
            <dd>{t(`help.${field}`)}</dd>
          </div>
        ))}
        <div>
          <dt>{t('help.noshiName')}</dt>
          <dd>{t('help.noshi')}</dd>
        </div>
      </dl>
    </details>
  )
}
