import { ActionIcon, Button } from '@mantine/core'
import { IconKeyboard, IconSearch } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Session } from '../../../contract/auth'
import { Key } from '../ui/states'
import { JobChip } from './job-chip'
import { KeypadLampButton, ServiceLampButton } from './lamps'
import { OperatorMenu } from './operator-menu'
import styles from './shell.module.css'
import type { Lamps } from './use-desk-events'

interface TopBarProps {
  readonly session: Session
  readonly lamps: Lamps
  /** Calls that wait. */
  readonly telephone: ReactNode
  readonly onSearch: () => void
  readonly onShortcuts: () => void
  readonly onLock: () => void
}

/** Search, shop, lamps and the operator. */
export function TopBar({ session, lamps, telephone, onSearch, onShortcuts, onLock }: TopBarProps) {
  const { t } = useTranslation('common')
  return (
    <header className={styles.bar}>
      <Button
        variant="default"
        size="compact-sm"
        className={styles.search ?? ''}
        justify="space-between"
        leftSection={<IconSearch size={15} aria-hidden="true" />}
        rightSection={<Key>Ctrl+K</Key>}
        aria-keyshortcuts="Control+K"
        onClick={onSearch}
      >
        {t('bar.search')}
      </Button>
      <div className={styles.shop}>{session.shop.name}</div>
      {telephone}
      <JobChip />
      <KeypadLampButton lamp={lamps.keypad} />
      <ServiceLampButton lamp={lamps.service} />
      <ActionIcon
        variant="subtle"
        color="gray"
        c="var(--mantine-color-text)"
        aria-label={t('bar.shortcuts')}
        title={t('bar.shortcuts')}
        onClick={onShortcuts}
      >
        <IconKeyboard size={18} aria-hidden="true" />
      </ActionIcon>
      <OperatorMenu session={session} onLock={onLock} />
    </header>
  )
}
