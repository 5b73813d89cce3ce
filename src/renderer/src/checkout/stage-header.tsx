import { Button } from '@mantine/core'
import { IconCheck, IconCloudCheck, IconCloudUp, IconCloudX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ServedElsewhere } from '../features/serving/served-elsewhere'
import { formatTime } from '../lib/format'
import { useDraftState } from './draft/draft-context'
import type { SaveState } from './draft/state'
import { useFocusPlan } from './parts/focus-plan'
import styles from './page.module.css'

const STEPS = ['form', 'readBack', 'done'] as const
export type StepName = (typeof STEPS)[number]

interface StageHeaderProps {
  readonly step: StepName
  /** Null when the order is over. */
  readonly onDiscard: (() => void) | null
  /** 保留; null when there is nothing to hold. */
  readonly onHold: (() => void) | null
}

/** Title, where the order stands, whether it is saved, 保留 and 破棄. */
export function StageHeader({ step, onDiscard, onHold }: StageHeaderProps) {
  const { t } = useTranslation('checkout')
  const plan = useFocusPlan()
  const { view } = useDraftState()
  const at = STEPS.indexOf(step)
  const { customer } = view.form
  return (
    <header className={styles.header}>
      <h1 ref={plan.target('heading')} tabIndex={-1}>
        {view.changes !== null && t('titleChange', { number: view.changes.number })}
        {view.changes === null && <Title />}
      </h1>
      <ol className={styles.steps} aria-label={t('steps.label')}>
        {STEPS.map((name, index) => (
          <li key={name} aria-current={index === at ? 'step' : undefined} data-done={index < at || undefined}>
            <span aria-hidden>{index < at ? <IconCheck size={12} stroke={3} /> : index + 1}</span>
            {t(`steps.${name}`)}
          </li>
        ))}
      </ol>
      {/* Here, where nothing moves when another seat opens the customer in the middle of the typing. */}
      <div className={styles.between}>
        {onDiscard && (
          <ServedElsewhere
            customerId={customer.kind === 'existing' ? customer.customerId : null}
            place="order"
            isLine
          />
        )}
      </div>
      {onDiscard && (
        <>
          <SaveIndicator />
          {onHold && (
            <Button variant="default" size="xs" onClick={onHold} title={t('hold.hint')}>
              {t('hold.button')}
            </Button>
          )}
          <Button variant="default" size="xs" onClick={onDiscard}>
            {t('discard.button')}
          </Button>
        </>
      )}
    </header>
  )
}

function Title() {
  const { t } = useTranslation('checkout')
  const { t: words } = useTranslation('subscriptionRegistration')
  const { purpose, customerName: name } = useDraftState().view
  if (purpose === 'subscription') return name === null ? words('title') : words('titleFor', { name })
  return name === null ? t('title') : t('titleFor', { name })
}

const ICONS: Readonly<Record<SaveState, typeof IconCloudCheck>> = {
  saved: IconCloudCheck,
  waiting: IconCloudUp,
  saving: IconCloudUp,
  failed: IconCloudX,
}

/** Quiet while all is well; only a failure is read aloud. Its width never changes. */
function SaveIndicator() {
  const { t } = useTranslation('checkout')
  const { save, view } = useDraftState()
  const Icon = ICONS[save]
  const words = () => {
    if (save === 'failed') return t('save.failed')
    return save === 'saved' ? t('save.saved', { time: formatTime(view.updatedAt) }) : t('save.pending')
  }
  return (
    <span className={styles.save} data-state={save}>
      <Icon size={16} stroke={1.6} aria-hidden />
      <span aria-live={save === 'failed' ? 'assertive' : 'off'}>{words()}</span>
    </span>
  )
}
