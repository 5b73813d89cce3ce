import { Button, Menu, useMantineColorScheme } from '@mantine/core'
import { IconLock, IconLogout, IconUserCircle } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { Session } from '../../../contract/auth'
import { leaveDesk } from '../features/auth/leave-desk'
import { Key } from '../ui/states'

const Scheme = z.enum(['auto', 'light', 'dark'])

/** The person at the desk: light or dark, lock, sign out. */
export function OperatorMenu({ session, onLock }: { session: Session; onLock: () => void }) {
  const { t } = useTranslation('common')
  const queries = useQueryClient()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Menu
      position="bottom-end"
      withArrow
      shadow="md"
      width={230}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          c="var(--mantine-color-text)"
          fw={400}
          maw={200}
          aria-label={t('bar.operator', { name: session.name })}
          leftSection={<IconUserCircle size={18} aria-hidden="true" />}
        >
          {session.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label c="dimmed">{`${session.email}(${t(`role.${session.role}`)})`}</Menu.Label>
        <Menu.Item
          onClick={onLock}
          leftSection={<IconLock size={16} aria-hidden="true" />}
          rightSection={<Key>Ctrl+L</Key>}
        >
          {t('bar.lock')}
        </Menu.Item>
        <Menu.Item
          onClick={() => void leaveDesk(queries)}
          leftSection={<IconLogout size={16} aria-hidden="true" />}
        >
          {t('bar.signOut')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label c="dimmed">{t('bar.look')}</Menu.Label>
        <Menu.RadioGroup value={colorScheme} onChange={(chosen) => setColorScheme(Scheme.parse(chosen))}>
          {Scheme.options.map((scheme) => (
            <Menu.RadioItem key={scheme} value={scheme}>
              {t(`bar.theme.${scheme}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  )
}
