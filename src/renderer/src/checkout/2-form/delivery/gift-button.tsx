import { Button } from '@mantine/core'
import { IconGift } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gift } from '../../../../../contract/shipments'
import { useDraft, useFault } from '../../draft/draft-context'
import { editShipment } from '../../draft/shipments'
import styles from './delivery.module.css'
import { GiftDialog } from './gift-dialog'
import { useGiftWords } from './use-gift-words'

/** のし・ラッピング of one delivery, in one line, and the dialog that changes it. */
export function GiftButton({ index, gift }: { index: number; gift: Gift }) {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const words = useGiftWords()(gift)
  const path = `shipments.${index}.gift.noshi.title`
  const fault = useFault(path)
  const [open, setOpen] = useState(false)
  return (
    <div className={styles.gift}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconGift size={15} aria-hidden />}
        data-path={path}
        onClick={() => setOpen(true)}
      >
        {t('gift.button')}
      </Button>
      <span>{words.join('・') || t('gift.none')}</span>
      {fault && <span className={styles.fault}>{fault}</span>}
      {open && (
        <GiftDialog
          gift={gift}
          onClose={() => setOpen(false)}
          onKeep={(kept) => {
            draft.edit((form) => editShipment(form, index, (before) => ({ ...before, gift: kept })))
            void draft.flush()
            setOpen(false)
          }}
        />
      )}
    </div>
  )
}
