import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useDraft, useDraftState } from './draft/draft-context'
import styles from './page.module.css'

/** A call that failed for no expected reason: calm words, what was kept, and the support code. */
export function TroublePanel() {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const { trouble } = useDraftState()
  if (!trouble) return null
  return (
    <div className={styles.trouble} role="alert">
      <b>{trouble.message ?? t('trouble.title')}</b>
      <p>{t('trouble.body')}</p>
      {trouble.supportCode !== null && <p>{t('trouble.support', { code: trouble.supportCode })}</p>}
      <Button size="xs" variant="default" mt={4} onClick={draft.hideTrouble}>
        {t('trouble.close')}
      </Button>
    </div>
  )
}
