import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconHome, IconPhonePlus, IconSettings, IconUsers, IconListDetails } from '@tabler/icons-react'
import { Link, Router, useLocation } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import type { Session } from '../../../contract/auth'
import { Palette } from '../features/palette/palette'
import { api, client } from '../lib/client'
import { useHotkey } from '../lib/keyboard'
import { Routes } from './routes'
import { ShortcutsSheet } from './shortcuts-sheet'
import { TopBar } from './top-bar'
import { useDeskEvents } from './use-desk-events'
import { useTouch } from './use-touch'

const RAIL = [
  { to: '/', key: 'home', Icon: IconHome },
  { to: '/checkout/new', key: 'checkout', Icon: IconPhonePlus },
  { to: '/orders', key: 'orders', Icon: IconListDetails },
  { to: '/customers', key: 'customers', Icon: IconUsers },
  { to: '/settings', key: 'settings', Icon: IconSettings },
] as const

function Rail() {
  const { t } = useTranslation('common')
  const [path] = useLocation()
  const isHere = (to: string) => (to === '/' ? path === '/' : path.startsWith(`/${to.split('/')[1] ?? ''}`))
  return (
    <nav className="rail" aria-label={t('nav.label')}>
      {RAIL.map(({ to, key, Icon }) => (
        <Link key={key} href={to} aria-current={isHere(to) ? 'page' : undefined}>
          <Icon size={20} stroke={1.6} aria-hidden="true" />
          {t(`nav.${key}`)}
        </Link>
      ))}
    </nav>
  )
}

function Desk({ session }: { session: Session }) {
  const queries = useQueryClient()
  const [, go] = useLocation()
  const [palette, setPalette] = useState(false)
  const [sheet, setSheet] = useState(false)
  const lamps = useDeskEvents()
  useTouch()
  const lock = () =>
    void client.auth.lock().then(() => queries.invalidateQueries({ queryKey: api.auth.session.key() }))
  useHotkey('F2', () => go('/checkout/new'), { enabled: !session.locked })
  useHotkey('Ctrl+K', () => setPalette(true), { enabled: !session.locked })
  useHotkey('Ctrl+L', lock, { enabled: !session.locked })
  useHotkey('?', () => setSheet(true), { enabled: !session.locked })
  return (
    <div
      className="desk"
      inert={session.locked}
      style={session.locked ? { visibility: 'hidden' } : undefined}
    >
      <TopBar
        session={session}
        lamps={lamps}
        onSearch={() => setPalette(true)}
        onShortcuts={() => setSheet(true)}
        onLock={lock}
      />
      <Rail />
      <main className="page">
        <Routes />
      </main>
      <Palette opened={palette && !session.locked} onClose={() => setPalette(false)} />
      <ShortcutsSheet opened={sheet && !session.locked} onClose={() => setSheet(false)} />
    </div>
  )
}

/** The desk itself: bar, rail and the page that the address names. Stays alive behind the lock. */
export function Shell({ session }: { session: Session }) {
  return (
    <Router hook={useHashLocation}>
      <Desk session={session} />
    </Router>
  )
}
