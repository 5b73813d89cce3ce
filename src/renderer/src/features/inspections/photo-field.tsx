import { Button, FileButton, Text } from '@mantine/core'
import { IconPhoto } from '@tabler/icons-react'
import { useState, type DragEvent } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './inspection.module.css'
import { useNoStrayDrops, type usePhoto } from './use-photo'

/** A photo, picked or dropped, with its thumbnail. */
export function PhotoField({ state }: { state: ReturnType<typeof usePhoto> }) {
  const { t } = useTranslation('inspections')
  const [over, setOver] = useState(false)
  useNoStrayDrops()
  const { photo, fault, take, clear } = state
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void take(event.dataTransfer.files[0])
  }
  return (
    <div>
      <Text size="sm" fw={600} id="photo-label">
        {t('form.photo')}
      </Text>
      <div
        className={styles.drop}
        data-over={over}
        role="group"
        aria-labelledby="photo-label"
        onDragOver={() => setOver(true)}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {photo ? (
          <img src={photo.url} alt={t('form.photoAlt')} title={photo.name} />
        ) : (
          <IconPhoto size={28} stroke={1.4} aria-hidden="true" />
        )}
        <Text size="sm" c={fault === null ? 'dimmed' : 'var(--mantine-color-error)'} role="status">
          {fault === null ? (photo?.name ?? t('form.photoHint')) : t(`form.${fault}`)}
        </Text>
        {photo && (
          <Button variant="subtle" size="compact-sm" onClick={clear}>
            {t('form.photoRemove')}
          </Button>
        )}
        <FileButton accept="image/png,image/jpeg" onChange={(file) => void take(file)}>
          {(props) => (
            <Button {...props} variant="default" size="compact-sm">
              {t('form.photoPick')}
            </Button>
          )}
        </FileButton>
      </div>
    </div>
  )
}
