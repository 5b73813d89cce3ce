import { Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { KeypadDetail } from '../../../../contract/keypad-monitor'
import styles from './keypads.module.css'

interface InterfaceProps {
  readonly name: string
  /** Label and value of each fact; null is 対象外. */
  readonly facts: readonly (readonly [label: string, value: string | null | undefined])[]
}

/** One interface of the device with all its facts. */
function Interface({ name, facts }: InterfaceProps) {
  const { t } = useTranslation('keypadMonitor')
  return (
    <div>
      <Title order={3}>{name}</Title>
      <dl className="facts">
        {facts.map(([label, value]) => (
          <div key={label} style={{ display: 'contents' }}>
            <dt>{label}</dt>
            <dd className={value ? undefined : styles.none}>{value ? value : t('network.none')}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

/** デバイス接続情報: every interface that a keypad can have; 対象外 where this one has none. */
export function KeypadNetwork({ keypad }: { keypad: KeypadDetail }) {
  const { t } = useTranslation('keypadMonitor')
  const { ethernet, wifi, bluetooth, usb, relay } = keypad.network
  const latency = keypad.latencyMs === null ? null : t('network.ms', { ms: keypad.latencyMs })
  return (
    <section className="card" aria-labelledby="network">
      <Title order={2} mb={8} id="network">
        {t('network.title')}
      </Title>
      <div className={styles.networks}>
        <div className={styles.networkColumn}>
          <Interface
            name={t('network.ethernet')}
            facts={[
              [t('network.mac'), ethernet?.mac],
              [t('network.ip'), ethernet?.ip],
              [t('network.state'), ethernet?.state],
            ]}
          />
          <Interface name={t('network.bluetooth')} facts={[[t('network.mac'), bluetooth?.mac]]} />
          <Interface name={t('network.latency')} facts={[[t('network.roundTrip'), latency]]} />
        </div>
        <div className={styles.networkColumn}>
          <Interface
            name={t('network.wifi')}
            facts={[
              [t('network.mac'), wifi?.mac],
              [t('network.ip'), wifi?.ip],
              [t('network.ssid'), wifi?.ssid],
              [t('network.frequency'), wifi?.frequency],
              [t('network.signal'), wifi?.signal],
              [t('network.state'), wifi?.state],
            ]}
          />
          <Interface name={t('network.usb')} facts={[[t('network.path'), usb?.path]]} />
          <Interface
            name={t('network.relay')}
            facts={[
              [t('network.address'), relay?.address],
              [t('network.name'), relay?.name],
            ]}
          />
        </div>
      </div>
    </section>
  )
}
