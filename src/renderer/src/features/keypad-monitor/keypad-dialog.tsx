import { Alert, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeypadDetail } from '../../../../contract/keypad-monitor'
import { api, describeError } from '../../lib/client'
import { Dialog } from '../../ui/dialog'
import { ErrorPanel } from '../../ui/states'
import type { useKeypadChange } from './use-keypad-change'

interface KeypadDialogProps {
  /** Null while the dialog is closed. */
  readonly id: string | null
  readonly title: string
  readonly onClose: () => void
  readonly children: (keypad: KeypadDetail) => ReactNode
}

/** A dialog about one keypad, always over its newest version. */
export function KeypadDialog({ id, title, onClose, children }: KeypadDialogProps) {
  const keypad = useQuery(
    api.keypadMonitor.get.queryOptions({ input: { id: id ?? '' }, enabled: id !== null }),
  )
  return (
    <Dialog opened={id !== null} onClose={onClose} title={title} size={520}>
      {keypad.data && children(keypad.data)}
      {!keypad.data && keypad.isError && (
        <ErrorPanel error={keypad.error} onRetry={() => void keypad.refetch()} />
      )}
      {!keypad.data && keypad.isPending && <Skeleton height={220} />}
    </Dialog>
  )
}

/** 現在: which keypad it is and how it stands now. */
export function KeypadNow({ keypad }: { keypad: KeypadDetail }) {
  const { t } = useTranslation('keypadMonitor')
  const place = [keypad.shop?.name, keypad.seat].filter(Boolean).join(' ') || t('unset')
  return (
    <dl className="facts">
      <dt>{t('detail.serial')}</dt>
      <dd>
        <Text fw={700} span>
          {keypad.serial ?? t('unknown')}
        </Text>
      </dd>
      <dt>{t('columns.model')}</dt>
      <dd>{keypad.model ?? t('unknown')}</dd>
      <dt>{t('act.now')}</dt>
      <dd>{t('act.nowOf', { state: t(`state.${keypad.state}`), place })}</dd>
    </dl>
  )
}

interface DialogFootProps {
  readonly change: ReturnType<typeof useKeypadChange>
  readonly keypad: KeypadDetail
  /** True while the keypad is in a state that the action starts from. */
  readonly applies: boolean
  /** What to say when it does not any more; else the state of the keypad is told. */
  readonly gone?: string
  readonly yes: string
  readonly isGrave?: boolean
  readonly onYes: () => void
  readonly onClose: () => void
}

/** What went wrong, then キャンセル and the action. */
export function DialogFoot({
  change,
  keypad,
  applies,
  gone,
  yes,
  isGrave = false,
  onYes,
  onClose,
}: DialogFootProps) {
  const { t } = useTranslation('keypadMonitor')
  const failed = change.error === null ? null : describeError(change.error)
  return (
    <Stack gap="sm">
      {change.isStale && (
        <Alert color="yellow" role="alert" title={t('act.staleTitle')} c="var(--mantine-color-text)">
          {applies ? t('act.stale') : (gone ?? t('act.gone', { state: t(`state.${keypad.state}`) }))}
        </Alert>
      )}
      {failed && (
        <Alert color="red" role="alert" title={t('act.failed')} c="var(--mantine-color-text)">
          {[failed.message, failed.supportCode].filter(Boolean).join(' ')}
        </Alert>
      )}
      <Group justify="flex-end" gap="sm">
        <Button variant="default" onClick={onClose}>
          {t(applies ? 'act.cancel' : 'act.close')}
        </Button>
        {applies && (
          <Button
            {...(isGrave ? { color: 'red.9' } : {})}
            data-flow
            loading={change.isRunning}
            onClick={onYes}
          >
            {yes}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
