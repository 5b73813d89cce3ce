import { IconMessageCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../../contract/failures'
import styles from './failure-words.module.css'

/** What to do, what was kept, and the words to say to the caller. The same in the form and in the keypad popup. */
export function FailureWords({ failure }: { failure: Failure }) {
  const { t } = useTranslation('checkout')
  return (
    <div className={styles.words}>
      <dl className={styles.facts}>
        <dt>{t('failure.action')}</dt>
        <dd>{failure.action}</dd>
        <dt>{t('failure.kept')}</dt>
        <dd>{failure.kept}</dd>
      </dl>
      {failure.say !== null && (
        <figure className={styles.say}>
          <figcaption>
            <IconMessageCircle size={16} aria-hidden /> {t('failure.say')}
          </figcaption>
          <blockquote>「{failure.say}」</blockquote>
        </figure>
      )}
    </div>
  )
}
