import { ActionIcon, Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconBookmark, IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { SavedList, SavedSearch } from '../../../../contract/saved-searches'
import { api, describeError } from '../../lib/client'

interface SavedSearchesMenuProps {
  readonly list: SavedList
  /** The query part of the list's address as it is now; empty: nothing to keep. */
  readonly query: string
  readonly onRecall: (query: string) => void
}

/** 保存した検索: one's own searches of a list, by name. */
export function SavedSearchesMenu({ list, query, onRecall }: SavedSearchesMenuProps) {
  const { t } = useTranslation('savedSearches')
  const queries = useQueryClient()
  const [opened, setOpened] = useState(false)
  const [name, setName] = useState('')
  const saved = useQuery(api.savedSearches.list.queryOptions({ input: { list } }))
  const show = (rows: SavedSearch[]) =>
    queries.setQueryData(api.savedSearches.list.queryKey({ input: { list } }), rows)
  const onError = (error: Error) =>
    void notifications.show({ message: describeError(error).message, color: 'red' })
  const keep = useMutation(
    api.savedSearches.save.mutationOptions({
      onSuccess: (rows, input) => {
        show(rows)
        setName('')
        notifications.show({ message: t('kept', { name: input.name }) })
      },
      onError,
    }),
  )
  const drop = useMutation(api.savedSearches.remove.mutationOptions({ onSuccess: show, onError }))
  const onSubmit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') keep.mutate({ list, name: name.trim(), query })
  }
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-end"
      shadow="md"
      trapFocus
      withinPortal={false}
      width={340}
    >
      <Popover.Target>
        <Button
          variant="default"
          leftSection={<IconBookmark size={16} aria-hidden="true" />}
          onClick={() => setOpened(!opened)}
        >
          {t('button')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('button')}>
        <Stack gap={6}>
          {saved.data?.length === 0 && <Text size="sm">{t('none')}</Text>}
          {(saved.data ?? []).map((one) => (
            <Group key={one.id} gap={6} wrap="nowrap">
              <Button
                variant={one.query === query ? 'light' : 'subtle'}
                fullWidth
                justify="flex-start"
                onClick={() => {
                  setOpened(false)
                  onRecall(one.query)
                }}
              >
                {one.name}
              </Button>
              <ActionIcon
                variant="subtle"
                size={28}
                aria-label={t('remove', { name: one.name })}
                title={t('remove', { name: one.name })}
                onClick={() => drop.mutate({ list, id: one.id })}
              >
                <IconTrash size={16} aria-hidden="true" />
              </ActionIcon>
            </Group>
          ))}
        </Stack>
        <form onSubmit={onSubmit}>
          <Group gap={8} align="end" mt="sm" wrap="nowrap">
            <TextInput
              label={t('name')}
              placeholder={t('nameHint')}
              maxLength={40}
              value={name}
              disabled={query === ''}
              onChange={(event) => setName(event.currentTarget.value)}
              style={{ flex: 1 }}
            />
            <Button type="submit" disabled={query === '' || name.trim() === ''} loading={keep.isPending}>
              {t('keep')}
            </Button>
          </Group>
        </form>
      </Popover.Dropdown>
    </Popover>
  )
}
