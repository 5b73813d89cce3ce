import { ActionIcon, Button } from '@mantine/core'
import { IconPlayerPause, IconPlus, IconX } from '@tabler/icons-react'
import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { OrderTab } from '../../../../contract/order-tabs'
import { formatPhone } from '../../../../contract/text'
import { Key } from '../../ui/states'
import { useServing } from '../../features/serving/use-serving'
import { draftStore } from '../draft/draft-store'
import type { DraftState } from '../draft/state'
import { minutesAndSeconds, useNow } from '../parts/use-now'
import { CloseQuestion } from './close-question'
import styles from './tabs.module.css'
import { useCloseTab } from './use-close-tab'
import { useOrderTabs } from './use-order-tabs'

const NOTHING = () => () => undefined

/** The draft of a tab as it is on this screen; null when it has not been shown yet. */
function useKnownDraft(checkoutId: string): DraftState | null {
  const draft = useSyncExternalStore(draftStore.subscribe, () => draftStore.known(checkoutId))
  return useSyncExternalStore(draft?.subscribe ?? NOTHING, () => draft?.state() ?? null)
}

/** The open orders: a click or Ctrl+1 … Ctrl+9 shows one, × closes it and keeps its draft. */
export function TabStrip() {
  const { t } = useTranslation('checkout')
  const [, go] = useLocation()
  const { tabs, current, show } = useOrderTabs()
  const { close, asking, answer } = useCloseTab(tabs, current)
  return (
    <nav className={styles.strip} data-many={tabs.length > 5 || undefined} aria-label={t('tabs.label')}>
      <ol>
        {tabs.map((tab, index) => (
          <Tab
            key={tab.checkoutId}
            tab={tab}
            place={index + 1}
            isCurrent={tab === current}
            onShow={() => show(tab)}
            onClose={() => close(tab)}
          />
        ))}
      </ol>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={14} aria-hidden />}
        rightSection={<Key>F2</Key>}
        aria-keyshortcuts="F2"
        onClick={() => go('/checkout/new')}
      >
        {t('tabs.new')}
      </Button>
      <CloseQuestion tab={asking} onAnswer={answer} />
    </nav>
  )
}

interface TabProps {
  readonly tab: OrderTab
  /** From 1, as the keys count. */
  readonly place: number
  readonly isCurrent: boolean
  readonly onShow: () => void
  readonly onClose: () => void
}

function Tab({ tab, place, isCurrent, onShow, onClose }: TabProps) {
  const { t } = useTranslation('checkout')
  const draft = useKnownDraft(tab.checkoutId)
  const name = useTabName(tab, draft)
  // An order in a tab behind is still being served at this seat.
  useServing(isCurrent ? null : tab.customerId, 'order')
  const isUnsaved = draft !== null && draft.save !== 'saved'
  return (
    <li className={styles.tab} data-current={isCurrent || undefined} data-testid="order-tab">
      <button
        type="button"
        className={styles.name}
        aria-current={isCurrent ? 'page' : undefined}
        aria-keyshortcuts={`Control+${place}`}
        title={`${name} (Ctrl+${place})`}
        onClick={onShow}
      >
        <span className={styles.place} aria-hidden>
          {place}
        </span>
        <span className={styles.words}>{name}</span>
        <TabStage tab={tab} draft={draft} />
        <span className={styles.unsaved} data-unsaved={isUnsaved || undefined}>
          {isUnsaved && <span className="visuallyHidden">{t('tabs.unsaved')}</span>}
        </span>
      </button>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={24}
        aria-label={t('tabs.close', { name })}
        title={t('tabs.closeHint')}
        onClick={onClose}
      >
        <IconX size={14} aria-hidden />
      </ActionIcon>
    </li>
  )
}

function useTabName(tab: OrderTab, draft: DraftState | null): string {
  const { t } = useTranslation('checkout')
  if (tab.changesNumber !== null) return t('tabs.change', { number: tab.changesNumber })
  const customer = draft?.form.customer
  const typed = customer?.kind === 'none' ? customer.phone : undefined
  const fields = customer?.kind === 'new' ? customer.fields : null
  const fresh = fields ? `${fields.familyName} ${fields.givenName}`.trim() || fields.phone : typed
  const known = customer?.kind === 'existing' ? (draft?.view.customerName ?? tab.customerName) : fresh
  const name = known ?? tab.customerName ?? tab.phone
  const words = name === '' ? t('tabs.fresh') : formatPhone(name)
  return tab.purpose === 'subscription' ? t('tabs.subscription', { name: words }) : words
}

/** 入力中, 保留 with the time left, 確認画面. */
function TabStage({ tab, draft }: { tab: OrderTab; draft: DraftState | null }) {
  const { t } = useTranslation('checkout')
  const stage = draft?.view.stage ?? tab.stage
  const heldUntil = draft ? draft.view.heldUntil : tab.heldUntil
  const now = useNow(1000, heldUntil !== null)
  if (heldUntil !== null && stage === 'editing') {
    const left = heldUntil - now
    return (
      <span className={styles.stage} data-held>
        <IconPlayerPause size={12} aria-hidden />
        {left > 0 ? t('tabs.held', { time: minutesAndSeconds(left) }) : t('tabs.heldOver')}
      </span>
    )
  }
  return (
    <span className={styles.stage} data-stage={stage}>
      {t(`tabs.stage.${stage}`)}
    </span>
  )
}
