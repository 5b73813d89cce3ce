import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { DialogFocus } from './dialog-focus'
import { useEscape } from './use-escape'
import styles from './dialog.module.css'

interface DialogProps {
  readonly opened: boolean
  readonly title: string
  /** Esc: close and change nothing. */
  readonly onClose: () => void
  readonly children: ReactNode
  /** Width in pixels. */
  readonly size?: number
  /** False when the caller leads the focus itself after closing. */
  readonly returnFocus?: boolean
  /** Changes when other buttons are shown, so that the focus follows. */
  readonly focusOf?: string
}

/** A dialog that only its buttons and Esc close: a click on the grey backdrop does nothing. */
export function Dialog({
  opened,
  title,
  onClose,
  children,
  size = 480,
  returnFocus = true,
  focusOf = '',
}: DialogProps) {
  useEscape(opened, onClose)
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      size={size}
      centered
      closeOnClickOutside={false}
      closeOnEscape={false}
      returnFocus={false}
      transitionProps={{ duration: 0 }}
    >
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body className={styles.body ?? ''}>
          <Modal.Title className={styles.title ?? ''}>{title}</Modal.Title>
          {children}
          <DialogFocus of={focusOf} returnFocus={returnFocus} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
