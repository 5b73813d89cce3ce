import { Button, Group, Switch, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { api, describeError } from '../../lib/client'
import { Dialog } from '../../ui/dialog'
import styles from './calls.module.css'

/** 着信の受け取り方: how a telephone tells this PC who rings. */
export function WaysDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('calls')
  return (
    <Dialog opened={opened} onClose={onClose} title={t('ways.title')} size={640}>
      {opened && <Ways onClose={onClose} />}
    </Dialog>
  )
}

function Ways({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('calls')
  const queries = useQueryClient()
  const ways = useQuery(api.calls.ways.queryOptions()).data
  const session = useQuery(api.auth.session.queryOptions()).data
  const mayChange = session?.permissions.includes('settings.write') ?? false
  const save = useMutation(
    api.calls.saveWays.mutationOptions({
      onSuccess: () => notifications.show({ message: t('ways.saved') }),
      onError: (error) => notifications.show({ message: describeError(error).message, color: 'red' }),
      // Waited for, so that the switch does not jump back meanwhile.
      onSettled: () => queries.invalidateQueries({ queryKey: api.calls.ways.key() }),
    }),
  )
  return (
    <>
      <Text size="sm" mb="sm">
        {t('ways.lead')}
      </Text>
      <section className={styles.way}>
        <Title order={3}>{t('ways.link')}</Title>
        <Text size="sm">{t(ways?.link === true ? 'ways.linkOn' : 'ways.linkOff')}</Text>
        <code>uketsuke://call?tel=0312345678</code>
      </section>
      <section className={styles.way}>
        <Title order={3}>{t('ways.argument')}</Title>
        <Text size="sm">{t('ways.argumentHow')}</Text>
        <code>uketsuke --call 0312345678</code>
      </section>
      <section className={styles.way}>
        <Switch
          label={t('ways.clipboard')}
          aria-describedby="clipboard-how"
          checked={save.isPending ? save.variables.clipboard : (ways?.clipboard ?? false)}
          disabled={!mayChange || ways === undefined}
          onChange={(event) => save.mutate({ clipboard: event.currentTarget.checked })}
        />
        <Text size="sm" c="dimmed" mt={4} id="clipboard-how">
          {t('ways.clipboardHow')} {!mayChange && t('ways.clipboardAdmin')}
        </Text>
      </section>
      <Text size="sm" c="dimmed" mt="xs">
        {t('ways.unnamed')}
      </Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('ways.close')}
        </Button>
      </Group>
    </>
  )
}
