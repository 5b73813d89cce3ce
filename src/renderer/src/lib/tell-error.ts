import { notifications } from '@mantine/notifications'
import { describeError } from './client'

/** Tells a refusal or a failure of a change in passing: the message, and the support code when there is one. */
export function tellError(error: unknown): void {
  const { message, supportCode } = describeError(error)
  notifications.show({ message: [message, supportCode].filter(Boolean).join(' '), color: 'red' })
}
