import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'

interface Undoable {
  /** One of its kind at a time. */
  readonly id: string
  readonly said: string
  readonly undo: string
  readonly onUndo: () => void
}

/** Says what was done, with a way back for a while. */
export function tellUndo({ id, said, undo, onUndo }: Undoable): void {
  notifications.hide(id)
  notifications.show({
    id,
    autoClose: 15_000,
    color: 'accent',
    message: (
      <Group gap="sm">
        {said}
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            notifications.hide(id)
            onUndo()
          }}
        >
          {undo}
        </Button>
      </Group>
    ),
  })
}
