import {
  IconCalendarRepeat,
  IconHelp,
  IconDeviceTablet,
  IconHome,
  IconMessages,
  IconListDetails,
  IconPhonePlus,
  IconPackage,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Router, useLocation } from 'wouter'
import type { Session } from '../../../contract/auth'
import { OrderTabKeys, useShownPurpose } from '../checkout/tabs/use-order-tabs'
import { CallbackReminder } from '../features/callbacks/callback-reminder'
import { CallBar } from '../features/calls/call-bar'
import { useOwnCopies } from '../features/calls/use-own-copies'
import { DiagnosisDialog } from '../features/diagnosis/diagnosis-dialog'
import { HelpDialog } from '../features/help/help-dialog'
import { openHelp } from '../features/help/help-store'
import { Palette } from '../features/palette/palette'
import { REGISTER_KEY } from '../features/subscription-registration/register-button'
import { ServingBeat } from '../features/serving/use-serving'
import { api, client } from '../lib/client'
import { useHashPath, useHashQuery } from '../lib/hash-location'
import { dialogIsOpen, useHotkey } from '../lib/keyboard'
import { Routes } from './routes'
import styles from './shell.module.css'
import { ShortcutsSheet } from './shortcuts-sheet'
import { TopBar } from './top-bar'
import { useDeskEvents } from './use-desk-events'
import { useTouch } from './use-touch'

const RAIL = [
  { to: '/', key: 'home', Icon: IconHome },
  { to: '/checkout/new', key: 'checkout', Icon: IconPhonePlus, hotkey: 'F2' },
  { to: '/orders', key: 'orders', Icon: IconListDetails },
  { to: '/customers', key: 'customers', Icon: IconUsers },
  {
    to: '/subscriptions',
    key: 'subscriptions',
    Icon: IconCalendarRepeat,
    hotkey: 'F4',
    needs: 'subscription.read',
  },
  { to: '/contacts', key: 'contacts', Icon: IconMessages, needs: 'contact.use' },
  { to: '/products', key: 'products', Icon: IconPackage, needs: 'product.read' },
  { to: '/keypads', key: 'keypads', Icon: IconDeviceTablet, needs: 'keypad.read' },
  { to: '/settings', key: 'settings', Icon: IconSettings },
  { to: '/help/codes', key: 'help', Icon: IconHelp },
] as const

function Rail({ permissions, locked }: { permissions: Session['permissions']; locked: boolean }) {
  const { t } = useTranslation('common')
  const [path] = useLocation()
  // 定期登録 is a form like an order's, and a part of 定期注文マスター.
  const registers = useShownPurpose(!locked) === 'subscription'
  const isHere = (to: string) => {
    if (to === '/') return path === '/'
    const room = registers
      ? '/subscriptions'
      : path.replace(/^\/inspections/, '/keypads').replace(/^\/offers/, '/products')
    return room.startsWith(`/${to.split('/')[1] ?? ''}`)
  }
  const entries = RAIL.filter((entry) => !('needs' in entry) || permissions.includes(entry.needs))
  return (
    <nav className={styles.rail} aria-label={t('nav.label')}>
      {entries.map(({ to, key, Icon, ...more }) => (
        <Link
          key={key}
          href={to}
          aria-current={isHere(to) ? 'page' : undefined}
          aria-keyshortcuts={'hotkey' in more ? more.hotkey : undefined}
        >
          <Icon size={20} stroke={1.6} aria-hidden="true" />
          {t(`nav.${key}`)}
          {'hotkey' in more && (
            <span className={styles.hotkey} aria-hidden="true">
              {more.hotkey}
            </span>
          )}
        </Link>
      ))}
      {permissions.includes('contact.use') && <CallbackReminder locked={locked} />}
    </nav>
  )
}

/** Addresses live behind the #: the page itself is one file of the app's own scheme. */
const HASH_ROUTER = { hook: useHashPath, searchHook: useHashQuery }

type Overlay = 'palette' | 'shortcuts'

function Desk({ session }: { session: Session }) {
  const queries = useQueryClient()
  const [, go] = useLocation()
  const [overlay, setOverlay] = useState<Overlay | null>(null)
  const lamps = useDeskEvents()
  useTouch()
  useOwnCopies()
  const { locked } = session
  const close = () => setOverlay(null)
  const lock = () => {
    const refresh = () => queries.invalidateQueries({ queryKey: api.auth.session.key() })
    void client.auth.lock().then(refresh, refresh)
  }
  const unlessAsked = (act: () => void) => () => {
    if (!dialogIsOpen()) act()
  }
  const free = { enabled: !locked }
  useHotkey(
    'F2',
    unlessAsked(() => go('/checkout/new')),
    free,
  )
  useHotkey(
    'F4',
    unlessAsked(() => go('/subscriptions')),
    { enabled: !locked && session.permissions.includes('subscription.read') },
  )
  useHotkey(
    REGISTER_KEY,
    unlessAsked(() => go('/subscriptions/new')),
    { enabled: !locked && session.permissions.includes('subscription.write') },
  )
  useHotkey(
    'Ctrl+K',
    unlessAsked(() => setOverlay('palette')),
    free,
  )
  useHotkey(
    '?',
    unlessAsked(() => setOverlay('shortcuts')),
    free,
  )
  useHotkey('Ctrl+L', lock, free)
  useHotkey('F1', openHelp, free)
  return (
    <div className="desk" inert={locked} style={locked ? { visibility: 'hidden' } : undefined}>
      <TopBar
        session={session}
        lamps={lamps}
        telephone={<CallBar locked={locked} />}
        onSearch={() => setOverlay('palette')}
        onShortcuts={() => setOverlay('shortcuts')}
        onLock={lock}
      />
      <Rail permissions={session.permissions} locked={locked} />
      <main className="page">
        <Routes />
      </main>
      <ServingBeat locked={locked} />
      <OrderTabKeys locked={locked} />
      <HelpDialog locked={locked} />
      <DiagnosisDialog locked={locked} />
      <Palette opened={overlay === 'palette' && !locked} onClose={close} />
      <ShortcutsSheet opened={overlay === 'shortcuts' && !locked} onClose={close} />
    </div>
  )
}

/** The desk itself: bar, rail and the page that the address names. Stays alive behind the lock. */
export function Shell({ session }: { session: Session }) {
  return (
    <Router {...HASH_ROUTER}>
      <Desk session={session} />
    </Router>
  )
}
