import { Button, Group, Textarea } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPin } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PinnedNote } from '../../../../contract/pinned-notes'
import { api } from '../../lib/client'
import { formatDate } from '../../lib/format'
import { tellError } from '../../lib/tell-error'
import { Dialog } from '../../ui/dialog'
import styles from './pinned-notes.module.css'

function useNotes(customerId: string) {
  const { t } = useTranslation('pinnedNotes')
  const queries = useQueryClient()
  const { queryKey, ...options } = api.pinnedNotes.ofCustomer.queryOptions({ input: { customerId } })
  const notes = useQuery({ queryKey, ...options }).data ?? []
  const show = (latest: PinnedNote[]) => void queries.setQueryData(queryKey, latest)
  const set = useMutation(
    api.pinnedNotes.set.mutationOptions({
      onSuccess: (latest, { id, pinned }) => {
        show(latest)
        if (pinned) return
        notifications.show({
          id: `unpinned-${id}`,
          autoClose: 15_000,
          message: (
            <Group gap="sm">
              {t('unpinned')}
              <Button
                size="compact-sm"
                variant="default"
                onClick={() => {
                  notifications.hide(`unpinned-${id}`)
                  set.mutate({ id, pinned: true })
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
  return { notes, show, unpin: (id: string) => set.mutate({ id, pinned: false }) }
}

/** 次回の申し送り of a customer; nothing at all while there is none. */
export function PinnedNotes({ customerId }: { customerId: string }) {
  const { t } = useTranslation('pinnedNotes')
  const { notes, unpin } = useNotes(customerId)
  if (notes.length === 0) return null
  return (
    <ul className={styles.notes} aria-label={t('label')} data-testid="pinned-notes">
      {notes.map((note) => (
        <li key={note.id}>
          <IconPin size={16} aria-hidden="true" />
          <span className={styles.body}>{note.body}</span>
          <span className={styles.by}>
            {t('by', { name: note.createdBy, date: formatDate(note.createdAt) })}
          </span>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('doneOf', { body: note.body.slice(0, 20) })}
            onClick={() => unpin(note.id)}
          >
            {t('done')}
          </Button>
        </li>
      ))}
    </ul>
  )
}

/** Pins a note for the next call. */
export function PinNoteButton({ customerId }: { customerId: string }) {
  const { t } = useTranslation('pinnedNotes')
  const { t: common } = useTranslation('common')
  const { show } = useNotes(customerId)
  const [opened, setOpened] = useState(false)
  const [body, setBody] = useState('')
  const pin = useMutation(
    api.pinnedNotes.pin.mutationOptions({
      onSuccess: (latest) => {
        show(latest)
        setOpened(false)
        setBody('')
      },
      onError: tellError,
    }),
  )
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconPin size={16} aria-hidden="true" />}
        onClick={() => setOpened(true)}
      >
        {t('button')}
      </Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={t('title')} size={480}>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            pin.mutate({ customerId, body })
          }}
        >
          <Textarea
            label={t('body')}
            description={t('hint')}
            rows={3}
            maxLength={500}
            data-autofocus
            value={body}
            onChange={(event) => setBody(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="sm" mt="sm">
            <Button variant="default" onClick={() => setOpened(false)}>
              {common('cancel')}
            </Button>
            <Button type="submit" disabled={body.trim() === ''} loading={pin.isPending}>
              {t('pin')}
            </Button>
          </Group>
        </form>
      </Dialog>
    </>
  )
}
