import {
  IconAlertTriangle,
  IconBan,
  IconCalendarClock,
  IconCircleCheck,
  IconCirclePlus,
  IconClockPause,
  IconCloudDownload,
  IconExclamationCircle,
  IconKeyboard,
  IconPlugConnectedX,
  IconShieldCheck,
  IconShieldExclamation,
  IconShieldOff,
  IconShieldQuestion,
  IconShieldX,
  type Icon,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { KeypadState, P2peState } from '../../../../contract/keypad-monitor'
import type { KeypadUpdateState } from '../../../../contract/keypad-updates'
import type { Tone } from '../../ui/status-chip'
import styles from './keypads.module.css'

interface Mark {
  readonly tone: Tone
  readonly Icon: Icon
}

const STATE_MARKS: Readonly<Record<KeypadState, Mark>> = {
  unregistered: { tone: 'wait', Icon: IconCirclePlus },
  waiting: { tone: 'good', Icon: IconCircleCheck },
  'in-use': { tone: 'good', Icon: IconKeyboard },
  offline: { tone: 'quiet', Icon: IconPlugConnectedX },
  stopped: { tone: 'bad', Icon: IconBan },
  tampered: { tone: 'bad', Icon: IconAlertTriangle },
}

const P2PE_MARKS: Readonly<Record<P2peState, Mark>> = {
  active: { tone: 'good', Icon: IconShieldCheck },
  'running-low': { tone: 'wait', Icon: IconShieldExclamation },
  exhausted: { tone: 'bad', Icon: IconShieldX },
  'not-encrypting': { tone: 'bad', Icon: IconShieldOff },
  unknown: { tone: 'quiet', Icon: IconShieldQuestion },
}

const UPDATE_MARKS: Readonly<Record<KeypadUpdateState, Mark>> = {
  planned: { tone: 'quiet', Icon: IconCalendarClock },
  open: { tone: 'good', Icon: IconCloudDownload },
  deferred: { tone: 'wait', Icon: IconClockPause },
  failed: { tone: 'bad', Icon: IconExclamationCircle },
}

function Badge({ mark, children }: { mark: Mark; children: string }) {
  return (
    <span className={styles.badge} data-tone={mark.tone}>
      <mark.Icon size={15} stroke={1.8} aria-hidden="true" />
      {children}
    </span>
  )
}

/** 状態 of a keypad: word, colour and icon; the word alone is enough. */
export function KeypadBadge({ state }: { state: KeypadState }) {
  const { t } = useTranslation('keypadMonitor')
  return <Badge mark={STATE_MARKS[state]}>{t(`state.${state}`)}</Badge>
}

/** P2PEステータス: whether what is keyed here comes encrypted, and how long it still will. */
export function P2peBadge({ state }: { state: P2peState }) {
  const { t } = useTranslation('keypadMonitor')
  return <Badge mark={P2PE_MARKS[state]}>{t(`p2pe.${state}`)}</Badge>
}

/** 更新予定・更新時間中・更新延期・更新失敗: how the planned update of the software stands. */
export function UpdateBadge({ state }: { state: KeypadUpdateState }) {
  const { t } = useTranslation('keypadMonitor')
  return <Badge mark={UPDATE_MARKS[state]}>{t(`update.state.${state}`)}</Badge>
}
