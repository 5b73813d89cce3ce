import { Button, Text, TextInput, Title } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ContactFilter, type ContactView } from '../../../../contract/contact-log'
import { api } from '../../lib/client'
import { Dialog } from '../../ui/dialog'
import { ListFoot } from '../../ui/list-foot'
import { ErrorPanel } from '../../ui/states'
import { useDebounced } from '../../ui/use-debounced'
import { usePaged } from '../../ui/use-paged'
import { ContactForm } from './contact-form'
import { ContactItem } from './contact-item'
import styles from './contact-log.module.css'

const PAGE = 20

/** 対応履歴 of one customer: searchable, newest first. */
export function CustomerContacts({ customerId }: { customerId: string }) {
  const { t } = useTranslation('contactLog')
  const [typed, setTyped] = useState('')
  const text = useDebounced(typed)
  const [editing, setEditing] = useState<ContactView | 'new' | null>(null)
  const filter = ContactFilter.parse({ text })
  const list = useInfiniteQuery(
    api.contactLog.list.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: PAGE, customerId, filter }),
      initialPageParam: null,
      getNextPageParam: (last) => last.next,
      placeholderData: keepPreviousData,
    }),
  )
  const { rows, foot } = usePaged(list)
  const close = () => setEditing(null)
  return (
    <section className="card" aria-labelledby="contacts">
      <div className={styles.head}>
        <Title order={2} id="contacts">
          {t('title')}
        </Title>
        <span className={styles.rest} />
        <TextInput
          aria-label={t('search')}
          placeholder={t('search')}
          w={240}
          maxLength={80}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button onClick={() => setEditing('new')}>{t('add')}</Button>
      </div>
      {list.isError && !list.isFetchNextPageError && (
        <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
      )}
      {rows?.length === 0 && <Text size="sm">{t(text === '' ? 'none' : 'empty')}</Text>}
      {rows && rows.length > 0 && (
        <>
          <ul className={styles.items}>
            {rows.map((contact) => (
              <ContactItem key={contact.id} contact={contact} onEdit={() => setEditing(contact)} />
            ))}
          </ul>
          <ListFoot {...foot} />
        </>
      )}
      <Dialog
        opened={editing !== null}
        onClose={close}
        title={t(editing === 'new' ? 'add' : 'edit')}
        size={720}
      >
        {editing && (
          <ContactForm customerId={customerId} contact={editing === 'new' ? null : editing} onClose={close} />
        )}
      </Dialog>
    </section>
  )
}
