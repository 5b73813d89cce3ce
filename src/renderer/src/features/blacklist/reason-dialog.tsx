import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../../ui/dialog'

interface ReasonDialogProps {
  readonly title: string
  readonly words?: string
  readonly action: string
  readonly busy: boolean
  /** False while something else of the dialog is missing. */
  readonly ready?: boolean
  readonly onClose: () => void
  readonly onReason: (reason: string) => void
  readonly children?: ReactNode
}

/** A question that is answered with a reason, which is kept. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { title, words, action, busy, ready = true, onClose, onReason, children } = props
  const { t } = useTranslation('blacklist')
  const { t: common } = useTranslation('common')
  const [reason, setReason] = useState('')
  return (
    <Dialog opened onClose={onClose} title={title} size={480}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (reason.trim() !== '' && ready) onReason(reason)
        }}
      >
        <Stack gap="sm">
          {words && <Text size="sm">{words}</Text>}
          {children}
          <Textarea
            label={t('reason')}
            required
            data-autofocus
            rows={2}
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={onClose}>
              {common('cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={reason.trim() === '' || !ready}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  )
}
