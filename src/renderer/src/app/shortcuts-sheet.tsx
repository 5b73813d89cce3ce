import { Kbd, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Dialog } from '../ui/dialog'

const KEYS = [
  'F1',
  'F2',
  'Ctrl+F2',
  'F3',
  'F4',
  'F7',
  'F8',
  'F9',
  'F12',
  'Ctrl+K',
  'Ctrl+L',
  'Ctrl+Tab',
  'Ctrl+1…9',
  'Enter',
  'Shift+Enter',
  '↑ ↓',
  'Esc',
  '?',
] as const

/** Every key that the desk knows. */
export function ShortcutsSheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('common')
  return (
    <Dialog opened={opened} onClose={onClose} title={t('shortcuts.title')} size={440} isLight>
      <dl className="facts">
        {KEYS.map((key) => (
          <div key={key} style={{ display: 'contents' }}>
            <dt>
              <Kbd>{key}</Kbd>
            </dt>
            <dd>{t(`shortcuts.rows.${key}`)}</dd>
          </div>
        ))}
      </dl>
      <Text size="sm" c="dimmed" mt="md">
        {t('shortcuts.note')}
      </Text>
    </Dialog>
  )
}
