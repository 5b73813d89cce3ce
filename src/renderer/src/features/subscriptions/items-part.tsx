import { ActionIcon, Button, SegmentedControl, Text, Title } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Product } from '../../../../contract/products'
import { ItemMode } from '../../../../contract/subscription-form'
import { ProductSearch } from '../../ui/product-search'
import { WholeField } from '../../ui/whole-field'
import type { DraftItem } from './plan-form'
import styles from './subscriptions.module.css'
import type { Plan } from './use-plan'

/** As the contract bounds them. */
const MOST_SETS = 24
const MOST_ITEMS = 30

interface SetTableProps {
  readonly label: string
  readonly items: readonly DraftItem[]
  readonly path: string
  readonly faultOf: Plan['faultOf']
  readonly onChange: (items: readonly DraftItem[]) => void
}

function SetTable({ label, items, path, faultOf, onChange }: SetTableProps) {
  const { t } = useTranslation('subscriptions')
  const set = (productId: string, part: Partial<DraftItem>) =>
    onChange(items.map((one) => (one.productId === productId ? { ...one, ...part } : one)))
  return (
    <table className={styles.items} aria-label={label}>
      <colgroup>
        <col />
        <col className={styles.quantityColumn} />
        <col className={styles.priceColumn} />
        <col className={styles.actionColumn} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{t('items.name')}</th>
          <th scope="col">{t('items.quantity')}</th>
          <th scope="col">{t('items.price')}</th>
          <th scope="col">
            <span className="visuallyHidden">{t('items.actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((one, at) => (
          <tr key={one.productId}>
            <td>
              <span className={styles.code}>{one.code}</span> {one.name}
            </td>
            <td>
              <WholeField
                hiddenLabel
                label={t('items.quantityOf', { name: one.name })}
                value={one.quantity}
                error={faultOf(`${path}.${at}.quantity`)}
                onChange={(quantity) => set(one.productId, { quantity })}
              />
            </td>
            <td>
              <WholeField
                hiddenLabel
                label={t('items.priceOf', { name: one.name })}
                placeholder={t('items.priceHint')}
                value={one.unitPrice}
                error={faultOf(`${path}.${at}.unitPrice`)}
                onChange={(unitPrice) => set(one.productId, { unitPrice })}
              />
            </td>
            <td>
              <ActionIcon
                variant="default"
                aria-label={t('items.remove', { name: one.name })}
                onClick={() => onChange(items.filter(({ productId }) => productId !== one.productId))}
              >
                <IconTrash size={15} aria-hidden="true" />
              </ActionIcon>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** A product that is there already comes once more. */
function withProduct(items: readonly DraftItem[], { id, code, name }: Product): readonly DraftItem[] {
  if (items.some(({ productId }) => productId === id)) {
    return items.map((one) =>
      one.productId === id ? { ...one, quantity: Math.min((one.quantity ?? 0) + 1, 999) } : one,
    )
  }
  return [...items, { productId: id, code, name, quantity: 1, unitPrice: null }]
}

export interface ItemsDraft {
  readonly itemMode: ItemMode
  readonly sets: readonly (readonly DraftItem[])[]
}

interface ItemsEditorProps {
  readonly draft: ItemsDraft
  readonly change: (part: Partial<ItemsDraft>) => void
  readonly faultOf: Plan['faultOf']
  /** One set, without the choice of how sets follow each other. */
  readonly isSingle?: boolean
}

function ModeChoice({ draft: { itemMode, sets }, change }: Pick<ItemsEditorProps, 'draft' | 'change'>) {
  const { t } = useTranslation('subscriptions')
  return (
    <>
      <SegmentedControl
        fullWidth
        aria-label={t('items.mode')}
        data={ItemMode.options.map((value) => ({ value, label: t(`items.modes.${value}`) }))}
        value={itemMode}
        onChange={(value) => {
          const mode = ItemMode.options.find((one) => one === value) ?? 'fixed'
          const room = mode === 'fixed' || sets.length > 1 ? sets : [...sets, []]
          change({ itemMode: mode, sets: room })
        }}
      />
      <Text size="xs" c="dimmed" mt={4}>
        {t(`items.modeNotes.${itemMode}`)}
      </Text>
    </>
  )
}

/** The sets of a contract: the same every turn, sets in turn, or a set for each turn. */
export function ItemsEditor({ draft, change, faultOf, isSingle = false }: ItemsEditorProps) {
  const { t } = useTranslation('subscriptions')
  const { itemMode, sets } = draft
  const isCourse = itemMode === 'course'
  const shown = itemMode === 'fixed' ? sets.slice(0, 1) : sets
  const replace = (at: number, items: readonly DraftItem[]) =>
    change({ sets: sets.map((set, index) => (index === at ? items : set)) })
  const nameOf = (at: number) => t(isCourse ? 'items.turn' : 'items.set', { number: at + 1 })
  return (
    <>
      {!isSingle && <ModeChoice draft={draft} change={change} />}
      {shown.map((items, at) => (
        // eslint-disable-next-line react/no-array-index-key -- a set is named by its place alone
        <div key={at} className={styles.set} role="group" aria-label={nameOf(at)}>
          {itemMode !== 'fixed' && (
            <div className={styles.setHead}>
              <b>{nameOf(at)}</b>
              {sets.length > 2 && (
                <Button
                  variant="subtle"
                  size="compact-sm"
                  onClick={() => change({ sets: sets.filter((_set, index) => index !== at) })}
                >
                  {t('items.removeSet', { name: nameOf(at) })}
                </Button>
              )}
            </div>
          )}
          {items.length > 0 && (
            <SetTable
              label={itemMode === 'fixed' ? t('items.title') : nameOf(at)}
              items={items}
              path={`sets.${at}`}
              faultOf={faultOf}
              onChange={(next) => replace(at, next)}
            />
          )}
          {items.length < MOST_ITEMS && (
            <ProductSearch
              subscribable
              onSale
              label={itemMode === 'fixed' ? t('items.search') : t('items.searchIn', { name: nameOf(at) })}
              path={`sets.${at}`}
              error={faultOf(`sets.${at}`)}
              onPick={(product) => replace(at, withProduct(items, product))}
            />
          )}
        </div>
      ))}
      {itemMode !== 'fixed' && sets.length < MOST_SETS && (
        <Button
          mt="sm"
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden="true" />}
          onClick={() => change({ sets: [...sets, []] })}
        >
          {t(isCourse ? 'items.addTurn' : 'items.addSet')}
        </Button>
      )}
    </>
  )
}

/** 商品 of the form. */
export function ItemsPart({ plan }: { plan: Plan }) {
  const { t } = useTranslation('subscriptions')
  return (
    <section className="card" aria-labelledby="plan-items">
      <Title order={2} id="plan-items" mb="xs">
        {t('items.title')}
      </Title>
      <ItemsEditor draft={plan.draft} change={plan.change} faultOf={plan.faultOf} />
    </section>
  )
}
