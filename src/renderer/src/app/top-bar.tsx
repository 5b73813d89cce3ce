import { ActionIcon, Button, Menu, Popover, Stack, Text, useMantineColorScheme } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { IconDeviceTablet, IconKeyboard, IconSearch, IconUserCircle, IconWorld } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Session } from '../../../contract/auth'
import { client } from '../lib/client'
import { Key } from '../ui/states'
import type { Lamps } from './use-desk-events'

const COLORS: Readonly<Record<string, string>> = {
  connected: 'teal',
  busy: 'yellow',
  trouble: 'red',
  off: 'gray',
  checking: 'gray',
  'not-set-up': 'gray',
}

/** A lamp with its word; a click says why it is as it is and what to do. */
function Lamp(props: {
  name: string
  state: string
  word: string
  icon: ReactNode
  testId: string
  children: ReactNode
}) {
  return (
    <Popover width={340} position="bottom-end" withArrow shadow="md">
      <Popover.Target>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={props.icon}
          data-testid={props.testId}
          data-state={props.state}
          rightSection={<Dot color={COLORS[props.state] ?? 'gray'} />}
        >
          {props.name} {props.word}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={4}>{props.children}</Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

const Dot = ({ color }: { color: string }) => (
  <span
    aria-hidden="true"
    style={{ width: 9, height: 9, borderRadius: 9, background: `var(--mantine-color-${color}-6)` }}
  />
)

function KeypadLampButton({ lamp }: { lamp: Lamps['keypad'] }) {
  const { t } = useTranslation('common')
  const state = lamp?.state ?? 'checking'
  const icon = <IconDeviceTablet size={16} aria-hidden="true" />
  return (
    <Lamp name={t('bar.keypad')} state={state} word={t(`keypad.${state}`)} icon={icon} testId="keypad-lamp">
      {lamp?.serial && <Text size="sm">{t('keypadSerial', { serial: lamp.serial })}</Text>}
      {lamp?.holder && <Text size="sm">{t('keypadHolder', { holder: lamp.holder })}</Text>}
      {lamp?.failure && (
        <>
          <Text size="sm" fw={600}>
            {lamp.failure.message}
          </Text>
          <Text size="sm">{lamp.failure.action}</Text>
        </>
      )}
      {state === 'connected' && <Text size="sm">{t('fine')}</Text>}
    </Lamp>
  )
}

function ServiceLampButton({ lamp }: { lamp: Lamps['service'] }) {
  const { t } = useTranslation('common')
  const state = lamp?.state ?? 'not-set-up'
  const icon = <IconWorld size={16} aria-hidden="true" />
  return (
    <Lamp
      name={t('bar.service')}
      state={state}
      word={t(`service.${state}`)}
      icon={icon}
      testId="service-lamp"
    >
      {lamp?.name && (
        <Text size="sm" fw={600}>
          {lamp.name}
        </Text>
      )}
      <Text size="sm">{lamp?.reason ?? t('fine')}</Text>
    </Lamp>
  )
}

function OperatorMenu({ session, onLock }: { session: Session; onLock: () => void }) {
  const { t } = useTranslation('common')
  const queries = useQueryClient()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const other = colorScheme === 'dark' ? 'light' : 'dark'
  const signOut = async () => {
    await client.auth.signOut()
    window.location.hash = ''
    await queries.resetQueries()
  }
  return (
    <Menu position="bottom-end" withArrow shadow="md">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          c="var(--mantine-color-text)"
          aria-label={t('bar.operator', { name: session.name })}
          leftSection={<IconUserCircle size={18} aria-hidden="true" />}
        >
          {session.name}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => setColorScheme(other)}>{t(`bar.theme.${other}`)}</Menu.Item>
        <Menu.Item onClick={onLock} rightSection={<Key>Ctrl+L</Key>}>
          {t('bar.lock')}
        </Menu.Item>
        <Menu.Item onClick={() => void signOut()}>{t('bar.signOut')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}

interface TopBarProps {
  readonly session: Session
  readonly lamps: Lamps
  readonly onSearch: () => void
  readonly onShortcuts: () => void
  readonly onLock: () => void
}

/** Search, shop, lamps and the operator. */
export function TopBar({ session, lamps, onSearch, onShortcuts, onLock }: TopBarProps) {
  const { t } = useTranslation('common')
  return (
    <header className="bar">
      <Button
        variant="default"
        size="compact-sm"
        w={280}
        justify="space-between"
        leftSection={<IconSearch size={15} aria-hidden="true" />}
        rightSection={<Key>Ctrl+K</Key>}
        onClick={onSearch}
      >
        {t('bar.search')}
      </Button>
      <Text size="sm" fw={600} truncate style={{ flex: 1 }}>
        {session.shop.name}
      </Text>
      <KeypadLampButton lamp={lamps.keypad} />
      <ServiceLampButton lamp={lamps.service} />
      <ActionIcon
        variant="subtle"
        color="gray"
        c="var(--mantine-color-text)"
        aria-label={t('bar.shortcuts')}
        onClick={onShortcuts}
      >
        <IconKeyboard size={18} aria-hidden="true" />
      </ActionIcon>
      <OperatorMenu session={session} onLock={onLock} />
    </header>
  )
}
