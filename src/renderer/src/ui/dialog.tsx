import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import styles from './dialog.module.css'

interface DialogProps {
  readonly opened: boolean
  readonly title: string
  readonly onClose: () => void
  /** Width in pixels. */
  readonly size: number
  /** True when a click beside the dialog may close it: nothing is asked and nothing would be lost. */
  readonly isLight?: boolean
  /** For a dialog that opens over others. */
  readonly zIndex?: number
  readonly children: ReactNode
}

/** A dialog that holds the focus; Esc and its button close it. */
export function Dialog({ opened, title, onClose, size, isLight = false, zIndex, children }: DialogProps) {
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      size={size}
      closeOnClickOutside={isLight}
      transitionProps={{ duration: 0 }}
      yOffset="9vh"
      {...(zIndex === undefined ? {} : { zIndex })}
    >
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body className={styles.body ?? ''}>
          <div className={styles.head}>
            <Modal.Title className={styles.title ?? ''}>{title}</Modal.Title>
            <Modal.CloseButton />
          </div>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
