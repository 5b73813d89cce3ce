import { Button, Title } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { HomeTodo } from '../../../../contract/home'
import { formatDateTime, formatPlainDate } from '../../lib/format'
import styles from './home.module.css'

function useWords(): (todo: HomeTodo) => { words: string; action: string; to: string } {
  const { t } = useTranslation('home')
  return (todo) => {
    switch (todo.kind) {
      case 'inspections-failed':
        return {
          words: t('todo.failed', { count: todo.count }),
          action: t('todo.openInspections'),
          to: '/inspections?status=failed',
        }
      case 'inspections-overdue':
        return {
          words: t('todo.overdue', { count: todo.count, date: formatPlainDate(todo.oldestDueOn) }),
          action: t('todo.openInspections'),
          to: '/inspections?status=overdue',
        }
      case 'keypads-unregistered':
        return {
          words: t('todo.unregistered', { count: todo.count }),
          action: t('todo.openKeypads'),
          to: '/keypads?state=unregistered',
        }
      case 'keypad-updates-failed':
        return {
          words: t('todo.updatesFailed', { count: todo.count }),
          action: t('todo.openKeypads'),
          to: '/keypads?update=failed',
        }
      case 'orders-held':
        return {
          words: t('todo.held', { count: todo.count, at: formatDateTime(todo.oldestAt) }),
          action: t('todo.openOrders'),
          to: '/orders?status=waiting-check',
        }
      case 'callbacks-overdue':
        return {
          words: t('todo.callbacks', { count: todo.count, at: formatDateTime(todo.oldestDueAt) }),
          action: t('todo.openCallbacks'),
          to: '/contacts/callbacks',
        }
      case 'escalations-open':
        return {
          words: t('todo.escalations', { count: todo.count }),
          action: t('todo.openContacts'),
          to: '/contacts?escalated=1',
        }
      case 'escalations-answered':
        return {
          words: t('todo.answered', { count: todo.count }),
          action: t('todo.openContacts'),
          to: '/contacts?escalated=1&mine=1',
        }
      case 'turns-attention':
        return {
          words: t('todo.turns', { count: todo.count, date: formatPlainDate(todo.nextShipOn) }),
          action: t('todo.openAttention'),
          to: '/subscriptions/attention',
        }
      case 'mails-phone':
        return {
          words: t('todo.mailsPhone', { count: todo.count }),
          action: t('todo.openMails'),
          to: '/subscriptions/mails?state=phone',
        }
      case 'option-answer-overdue':
        return {
          words: t('todo.answer', { date: formatPlainDate(todo.dueOn) }),
          action: t('todo.openOption'),
          to: '/settings/options',
        }
      case 'option-mail':
        return { words: t(`todo.mail.${todo.state}`), action: t('todo.openOption'), to: '/settings/options' }
    }
  }
}

/** 対応が必要なこと; nothing at all while there is none. */
export function TodoList({ todos }: { todos: readonly HomeTodo[] }) {
  const { t } = useTranslation('home')
  const [, go] = useLocation()
  const wordsOf = useWords()
  if (todos.length === 0) return null
  return (
    <section className="card" aria-labelledby="todos">
      <Title order={2} id="todos">
        {t('todo.title')}
      </Title>
      <ul className={styles.todos}>
        {todos.map((todo) => {
          const { words, action, to } = wordsOf(todo)
          return (
            <li key={todo.kind}>
              <IconAlertTriangle size={18} stroke={1.7} aria-hidden="true" />
              <span>{words}</span>
              <Button size="compact-sm" variant="default" onClick={() => go(to)}>
                {action}
              </Button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
