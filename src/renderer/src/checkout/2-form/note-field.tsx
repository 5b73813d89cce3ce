import { Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useDraft, useDraftState } from '../draft/draft-context'
import styles from './form.module.css'

/** 備考 */
export function NoteField() {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const { note } = useDraftState().form
  return (
    <div className={styles.note}>
      <Textarea
        label={t('note.label')}
        placeholder={t('note.hint')}
        rows={1}
        classNames={{ input: styles.growing }}
        maxLength={500}
        value={note}
        data-path="note"
        onChange={(event) => {
          const { value } = event.currentTarget
          draft.edit((before) => ({ ...before, note: value }))
        }}
        onBlur={() => void draft.flush()}
      />
    </div>
  )
}
