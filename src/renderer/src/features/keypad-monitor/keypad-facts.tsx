import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { KeypadDetail, P2peState } from '../../../../contract/keypad-monitor'
import { formatCount, formatDateTime } from '../../lib/format'
import { KeypadBadge, P2peBadge } from './chips'
import styles from './keypads.module.css'

/** Uses of one key set: DUKPT counts to about 2^20 (ANSI X9.24). */
const ALL_USES = 1_048_575

const METER_TONE: Readonly<Record<P2peState, string>> = {
  active: 'good',
  'running-low': 'wait',
  exhausted: 'bad',
  'not-encrypting': 'quiet',
  unknown: 'quiet',
}

/** How many cards this keypad can still encrypt, with a bar. */
function UsesLeft({ left, p2pe }: { left: number; p2pe: P2peState }) {
  const { t } = useTranslation('keypadMonitor')
  const words = t('detail.usesOf', { left: formatCount(left), all: formatCount(ALL_USES) })
  const share = Math.min(1, Math.max(0, left / ALL_USES))
  return (
    <div className={styles.keys}>
      {words}
      <div
        className={styles.meter}
        role="meter"
        aria-label={t('detail.usesLeft')}
        aria-valuemin={0}
        aria-valuemax={ALL_USES}
        aria-valuenow={Math.min(left, ALL_USES)}
        aria-valuetext={words}
        data-tone={METER_TONE[p2pe]}
      >
        <span style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  )
}

function Registered({ keypad }: { keypad: KeypadDetail }) {
  const { t } = useTranslation('keypadMonitor')
  if (keypad.registeredAt === null)
    return t('detail.notRegistered', { time: formatDateTime(keypad.firstSeenAt) })
  const time = formatDateTime(keypad.registeredAt)
  return keypad.registeredBy === null ? time : t('detail.registeredBy', { time, name: keypad.registeredBy })
}

/** テンキー情報: what this keypad is, where it belongs and how its keys stand. */
export function KeypadFacts({ keypad }: { keypad: KeypadDetail }) {
  const { t } = useTranslation('keypadMonitor')
  const unknown = t('unknown')
  const place = [keypad.shop?.name, keypad.seat].filter(Boolean).join(' / ') || t('unset')
  return (
    <section className="card" aria-labelledby="facts">
      <Title order={2} mb={8} id="facts">
        {t('detail.facts')}
      </Title>
      <dl className={`facts ${styles.facts ?? ''}`}>
        <dt>{t('detail.state')}</dt>
        <dd>
          <KeypadBadge state={keypad.state} />
          {keypad.holder !== null && (
            <span className={styles.holder}>{t('detail.holder', { name: keypad.holder })}</span>
          )}
        </dd>
        <dt>{t('detail.type')}</dt>
        <dd>{[keypad.model ?? unknown, t(`detail.${keypad.cable}`)].join(' / ')}</dd>
        <dt>{t('detail.serial')}</dt>
        <dd>
          <Text fw={600} span>
            {keypad.serial ?? unknown}
          </Text>
        </dd>
        <dt>{t('detail.id')}</dt>
        <dd className={styles.id}>{keypad.id}</dd>
        <dt>{t('detail.registered')}</dt>
        <dd>
          <Registered keypad={keypad} />
        </dd>
        <dt>{t('detail.place')}</dt>
        <dd>{place}</dd>
        <dt>{t('detail.p2pe')}</dt>
        <dd>
          <P2peBadge state={keypad.p2pe} />
        </dd>
        <dt>{t('detail.securityLevel')}</dt>
        <dd>{keypad.securityLevel ?? unknown}</dd>
        <dt>{t('detail.keySet')}</dt>
        <dd>{keypad.keySet ?? unknown}</dd>
        <dt>{t('detail.usesLeft')}</dt>
        <dd>{keypad.usesLeft === null ? unknown : <UsesLeft left={keypad.usesLeft} p2pe={keypad.p2pe} />}</dd>
        <dt>{t('detail.battery')}</dt>
        <dd>{t('detail.usbPowered')}</dd>
        <dt>{t('detail.lastSeen')}</dt>
        <dd>{formatDateTime(keypad.lastSeenAt)}</dd>
        <dt>{t('detail.firmware')}</dt>
        <dd>{keypad.firmware ?? unknown}</dd>
      </dl>
    </section>
  )
}
