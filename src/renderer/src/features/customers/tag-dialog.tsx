import { Autocomplete, Button, Group, Radio, Stack } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconTag } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TAG_LIMIT, type CustomerFilter } from '../../../../contract/customers'
import { api, client, describeError } from '../../lib/client'
import { formatCount } from '../../lib/format'
import { Dialog } from '../../ui/dialog'

interface TagButtonProps {
  readonly filter: CustomerFilter
  readonly chosen: ReadonlySet<string>
  /** How many the list has, when that is known exactly. */
  readonly total: number | null
}

interface TagChange {
  readonly tag: string
  readonly on: boolean
  readonly ids: readonly string[] | null
}

/** タグ付け of the ticked customers or of all that were found, with a way back. */
export function TagButton({ filter, chosen, total }: TagButtonProps) {
  const { t } = useTranslation('customers')
  const { t: common } = useTranslation('common')
  const queries = useQueryClient()
  const [opened, setOpened] = useState(false)
  const [typed, setTyped] = useState('')
  const [all, setAll] = useState(false)
  const tags = useQuery(api.customers.tags.queryOptions())
  const change = useMutation({
    mutationFn: ({ tag, on, ids }: TagChange) =>
      client.customers.tag({ tag, on, to: ids ? { ids: [...ids] } : { filter } }),
    onSuccess: async ({ changed }, { tag, on }) => {
      setOpened(false)
      await queries.invalidateQueries({ queryKey: api.customers.key() })
      if (changed.length === 0) {
        notifications.show({ message: t('tags.same'), color: 'gray' })
        return
      }
      const words = { count: changed.length, tag }
      const id = `tag-${tag}-${String(on)}`
      notifications.show({
        id,
        autoClose: 15_000,
        message: (
          <Group gap="sm">
            {on ? t('tags.added', words) : t('tags.taken', words)}
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => {
                notifications.hide(id)
                change.mutate({ tag, on: !on, ids: changed })
              }}
            >
              {t('tags.undo')}
            </Button>
          </Group>
        ),
      })
    },
    onError: (error) => notifications.show({ message: describeError(error).message, color: 'red' }),
  })
  const tag = typed.trim()
  const everybody = all || chosen.size === 0
  const start = (on: boolean) => change.mutate({ tag, on, ids: everybody ? null : [...chosen] })
  const found = total === null ? `${formatCount(1000)}+` : formatCount(total)
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconTag size={16} aria-hidden="true" />}
        disabled={total === 0}
        onClick={() => {
          setAll(chosen.size === 0)
          setOpened(true)
        }}
      >
        {t('tags.button')}
      </Button>
      <Dialog opened={opened} onClose={() => setOpened(false)} title={t('tags.button')} size={440}>
        <Stack gap="sm">
          <Radio.Group
            label={t('tags.who')}
            value={everybody ? 'all' : 'chosen'}
            onChange={(value) => setAll(value === 'all')}
          >
            <Stack gap={6} mt={6}>
              <Radio
                value="chosen"
                label={t('tags.chosen', { count: chosen.size })}
                disabled={chosen.size === 0 || chosen.size > TAG_LIMIT}
              />
              <Radio value="all" label={t('tags.all', { found })} />
            </Stack>
          </Radio.Group>
          <Autocomplete
            label={t('tags.tag')}
            placeholder={t('tags.tagHint')}
            data={(tags.data ?? []).map((one) => one.tag)}
            maxLength={40}
            value={typed}
            onChange={setTyped}
            data-autofocus
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={() => setOpened(false)}>
              {common('cancel')}
            </Button>
            <Button
              variant="default"
              disabled={tag === ''}
              loading={change.isPending}
              onClick={() => start(false)}
            >
              {t('tags.take')}
            </Button>
            <Button disabled={tag === ''} loading={change.isPending} onClick={() => start(true)}>
              {t('tags.add')}
            </Button>
          </Group>
        </Stack>
      </Dialog>
    </>
  )
}
