import { Button, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatYen } from '../../lib/format'
import { useDraft, useDraftState } from '../draft/draft-context'
import { Dialog } from '../parts/dialog'
import styles from './read-back.module.css'

/** 戻る while an authorization stands: keep it, void it, or stay. */
export function BackQuestion({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const { payment } = useDraftState().view
  const back = (authorization: 'keep' | 'void') => {
    onClose()
    void draft.back(authorization)
  }
  return (
    <Dialog opened={opened} onClose={onClose} title={t('readBack.backTitle')}>
      {payment && (
        <Text size="sm">
          {t('readBack.backBody', { number: payment.number, amount: formatYen(payment.amount) })}
        </Text>
      )}
      <Stack gap="xs" mt="md">
        <Button data-autofocus aria-describedby="back-keep" onClick={() => back('keep')}>
          {t('readBack.backKeep')}
        </Button>
        <p id="back-keep" className={styles.hint}>
          {t('readBack.backKeepHint')}
        </p>
        <Button variant="outline" aria-describedby="back-void" onClick={() => back('void')}>
          {t('readBack.backVoid')}
        </Button>
        <p id="back-void" className={styles.hint}>
          {t('readBack.backVoidHint')}
        </p>
        <Button variant="default" onClick={onClose}>
          {t('readBack.backCancel')}
        </Button>
      </Stack>
    </Dialog>
  )
}
