import { Button, Popover, Stack, Text } from '@mantine/core'
import { IconDeviceTablet, IconWorld } from '@tabler/icons-react'
import { useState, type MouseEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import styles from './shell.module.css'
import type { Lamps } from './use-desk-events'

interface LampProps {
  readonly name: string
  readonly state: string
  readonly word: string
  readonly icon: ReactNode
  readonly testId: string
  readonly children: ReactNode
}

/** A lamp with its word; a click says why it is as it is and what to do. */
function Lamp({ name, state, word, icon, testId, children }: LampProps) {
  const [opened, setOpened] = useState(false)
  /** A link leads away: what it stood in goes. */
  const followed = ({ target }: MouseEvent) => {
    if (target instanceof Element && target.closest('a') !== null) setOpened(false)
  }
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      width={360}
      position="bottom-end"
      withArrow
      shadow="md"
      trapFocus
      withinPortal={false}
    >
      <Popover.Target>
        <Button
          variant="default"
          size="compact-sm"
          className={styles.lamp ?? ''}
          leftSection={icon}
          rightSection={<span className={styles.dot} data-state={state} aria-hidden="true" />}
          data-testid={testId}
          data-state={state}
          onClick={() => setOpened((was) => !was)}
        >
          {name}
          <strong>{word}</strong>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={`${name} ${word}`}>
        <Stack gap={6} data-autofocus tabIndex={-1} onClick={followed}>
          {children}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

function LampLink({ to, children }: { to: string; children: string }) {
  return (
    <Text size="sm" lh="24px" component={Link} href={to} c="var(--mantine-color-anchor)" td="underline">
      {children}
    </Text>
  )
}

/** テンキー: connected, in use elsewhere, off, or in trouble with the reason and what to do. */
export function KeypadLampButton({ lamp }: { lamp: Lamps['keypad'] }) {
  const { t } = useTranslation('common')
  const state = lamp?.state ?? 'checking'
  const icon = <IconDeviceTablet size={16} aria-hidden="true" />
  return (
    <Lamp name={t('bar.keypad')} state={state} word={t(`keypad.${state}`)} icon={icon} testId="keypad-lamp">
      {lamp?.failure ? (
        <>
          <Text size="sm" fw={600}>
            {lamp.failure.message}
          </Text>
          <Text size="sm">{lamp.failure.action}</Text>
          <Text size="sm" c="dimmed">
            {lamp.failure.kept}
          </Text>
        </>
      ) : (
        <Text size="sm">{t(`lamp.keypad.${state}`)}</Text>
      )}
      {lamp?.serial && <Text size="sm">{t('keypadSerial', { serial: lamp.serial })}</Text>}
      {lamp?.holder && <Text size="sm">{t('keypadHolder', { holder: lamp.holder })}</Text>}
      <LampLink to="/keypads">{t('lamp.keypads')}</LampLink>
      {(state === 'trouble' || state === 'off') && <LampLink to="/settings">{t('lamp.settings')}</LampLink>}
    </Lamp>
  )
}

/** 決済サービス: reachable, in trouble with the reason, or not set up yet. */
export function ServiceLampButton({ lamp }: { lamp: Lamps['service'] }) {
  const { t } = useTranslation('common')
  const state = lamp?.state ?? 'checking'
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
      <Text size="sm">{lamp?.reason ?? t(`lamp.service.${state}`)}</Text>
      {state === 'trouble' && <Text size="sm">{t('lamp.otherMethods')}</Text>}
      {state === 'not-set-up' && <LampLink to="/settings">{t('lamp.settings')}</LampLink>}
    </Lamp>
  )
}
