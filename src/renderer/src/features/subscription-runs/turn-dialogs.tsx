import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { ORPCError } from '@orpc/client'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { AttentionTurn } from '../../../../contract/subscription-run-views'
import { describeError } from '../../lib/client'
import { DateField } from '../../ui/date-field'
import { Dialog } from '../../ui/dialog'
import type { TurnChange } from './use-turn-change'

interface TurnDialogProps {
  readonly turn: AttentionTurn
  readonly change: TurnChange
  readonly onClose: () => void
}

function Buttons({
  yes,
  isBusy,
  isReady,
  onClose,
}: {
  yes: string
  isBusy: boolean
  isReady: boolean
  onClose: () => void
}) {
  const { t } = useTranslation('subscriptionRuns')
  return (
    <Group justify="flex-end" gap="sm">
      <Button variant="default" onClick={onClose}>
        {t('attention.close')}
      </Button>
      <Button type="submit" loading={isBusy} disabled={!isReady}>
        {yes}
      </Button>
    </Group>
  )
}

function Frame({ onYes, children }: { onYes: () => void; children: ReactNode }) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onYes()
      }}
    >
      <Stack gap="sm">{children}</Stack>
    </form>
  )
}

/** スキップ of a turn that is not paid: its order is cancelled. */
export function SkipTurnDialog({ turn, change, onClose }: TurnDialogProps) {
  const { t } = useTranslation('subscriptionRuns')
  const { skip } = change
  return (
    <Dialog opened onClose={onClose} title={t('attention.skipTitle')} size={480}>
      <Frame onYes={() => skip.mutate(undefined, { onSettled: onClose })}>
        <Text size="sm">{t('attention.skipWords', { order: turn.order?.number ?? '' })}</Text>
        <Buttons yes={t('attention.skipYes')} isBusy={skip.isPending} isReady onClose={onClose} />
      </Frame>
    </Dialog>
  )
}

const Why = z.object({ why: z.string() })

/** Why the date cannot be kept, in the words of main. */
function whyOf(error: unknown): string {
  const why = error instanceof ORPCError ? Why.safeParse(error.data) : null
  return why?.success ? why.data.why : describeError(error).message
}

/** お届け日の変更 of a turn that is not paid. */
export function MoveTurnDialog({ turn, change, onClose }: TurnDialogProps) {
  const { t } = useTranslation('subscriptionRuns')
  const [to, setTo] = useState<string | null>(turn.deliverOn)
  const { move } = change
  const isReady = to !== null && to !== turn.deliverOn
  return (
    <Dialog opened onClose={onClose} title={t('attention.moveTitle')} size={480}>
      <Frame onYes={() => isReady && move.mutate(to, { onSuccess: onClose })}>
        <Text size="sm">{t('attention.moveWords')}</Text>
        <DateField label={t('attention.moveTo')} width={160} value={to} onChange={setTo} />
        {move.isError && (
          <Alert color="red" role="alert" c="var(--mantine-color-text)">
            {whyOf(move.error)}
          </Alert>
        )}
        <Buttons yes={t('attention.moveYes')} isBusy={move.isPending} isReady={isReady} onClose={onClose} />
      </Frame>
    </Dialog>
  )
}
