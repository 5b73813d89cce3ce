import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { CallbackView } from '../../../../contract/callbacks'
import { api } from '../../lib/client'
import { tellError } from '../../lib/tell-error'

/** Puts a callback off, or ends it with a way back. What changed is told to all lists by main's event. */
export function useCallbackChange() {
  const { t } = useTranslation('callbacks')
  const reopen = useMutation(api.callbacks.reopen.mutationOptions({ onError: tellError }))
  const end = useMutation(
    api.callbacks.end.mutationOptions({
      onSuccess: ({ id, version, customerName }, { as }) => {
        notifications.show({
          id: `callback-${id}`,
          autoClose: 15_000,
          message: (
            <Group gap="sm">
              {t(as === 'done' ? 'endedDone' : 'endedCancelled', { name: customerName })}
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => {
                  notifications.hide(`callback-${id}`)
                  reopen.mutate({ id, version })
                }}
              >
                {t('undo')}
              </Button>
            </Group>
          ),
        })
      },
      onError: tellError,
    }),
  )
  const snooze = useMutation(api.callbacks.snooze.mutationOptions({ onError: tellError }))
  return {
    isBusy: end.isPending || snooze.isPending,
    end: ({ id, version }: CallbackView, as: 'done' | 'cancelled') => end.mutate({ id, version, as }),
    snooze: ({ id, version }: CallbackView, minutes: number) => snooze.mutate({ id, version, minutes }),
  }
}
