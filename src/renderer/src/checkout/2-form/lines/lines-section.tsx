import { Button, VisuallyHidden } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProductSummary } from '../../../../../contract/products'
import { useDraft, useDraftState } from '../../draft/draft-context'
import { addLine, lineKey, MAX_LINES, removeLine, restoreLine, type Line } from '../../draft/lines'
import { useFocusPlan } from '../../parts/focus-plan'
import { Section } from '../../parts/section'
import { DiscountFields } from './discount-fields'
import { LineRow } from './line-row'
import styles from './lines.module.css'
import { ProductSearch } from './product-search'
import { useKnownProducts } from './use-known-products'

/** Pixels of each column; the name takes what is left. */
const COLUMNS = [
  ['code', 92],
  ['name', undefined],
  ['rate', 72],
  ['price', 92],
  ['quantity', 148],
  ['amount', 104],
  ['actions', 44],
] as const

interface Removed {
  readonly line: Line
  readonly index: number
  readonly name: string
}

/** 商品: one field that finds and adds, one row a product. */
export function LinesSection() {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const plan = useFocusPlan()
  const { lines } = useDraftState().form
  const known = useKnownProducts()
  const quantities = useRef(new Map<string, HTMLInputElement>())
  const wanted = useRef<string | null>(null)
  const [removed, setRemoved] = useState<Removed | null>(null)
  const [said, setSaid] = useState('')

  const nameOf = (productId: string) => known.of(productId)?.name ?? t('lines.unknownName')
  const focusQuantity = (key: string) => {
    const field = quantities.current.get(key)
    wanted.current = field ? null : key
    field?.focus()
    field?.select()
  }
  useEffect(() => {
    if (wanted.current !== null) focusQuantity(wanted.current)
  })

  const add = (product: ProductSummary) => {
    if (
      lines.length >= MAX_LINES &&
      !lines.some((line) => line.productId === product.id && line.shipment === 0)
    ) {
      return setSaid(t('lines.full', { max: MAX_LINES }))
    }
    known.remember(product)
    draft.edit((form) => ({ ...form, lines: addLine(form.lines, product.id) }))
    setSaid(t('lines.added', { name: product.name }))
    setRemoved(null)
    focusQuantity(lineKey({ productId: product.id, shipment: 0 }))
  }
  const remove = (line: Line, index: number) => {
    const next = lines[index + 1] ?? lines[index - 1]
    setRemoved({ line, index, name: nameOf(line.productId) })
    setSaid(t('lines.removed', { name: nameOf(line.productId) }))
    draft.edit((form) => ({ ...form, lines: removeLine(form.lines, line) }))
    if (next) focusQuantity(lineKey(next))
    else plan.go('product-search')
  }
  const undo = () => {
    if (!removed) return
    draft.edit((form) => ({ ...form, lines: restoreLine(form.lines, removed.line, removed.index) }))
    setSaid(t('lines.restored', { name: removed.name }))
    setRemoved(null)
    focusQuantity(lineKey(removed.line))
  }
  const pieces = lines.reduce((sum, line) => sum + line.quantity, 0)
  return (
    <Section
      title={t('lines.heading')}
      name="lines"
      aside={lines.length > 0 && t('lines.count', { lines: lines.length, pieces })}
    >
      <ProductSearch onPick={add} />
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      {lines.length > 0 && (
        <table className={styles.table} aria-label={t('lines.table')}>
          <colgroup>
            {COLUMNS.map(([name, width]) => (
              <col key={name} width={width} />
            ))}
          </colgroup>
          <Head />
          <tbody>
            {lines.map((line, index) => (
              <LineRow
                key={lineKey(line)}
                line={line}
                product={known.of(line.productId)}
                onRemove={() => remove(line, index)}
                quantityRef={(field) => {
                  if (field) quantities.current.set(lineKey(line), field)
                  else quantities.current.delete(lineKey(line))
                }}
              />
            ))}
          </tbody>
        </table>
      )}
      <p className={styles.foot}>
        {removed ? (
          <>
            {t('lines.removed', { name: removed.name })}
            <Button variant="subtle" size="compact-sm" onClick={undo}>
              {t('lines.undo')}
            </Button>
          </>
        ) : (
          t(lines.length === 0 ? 'lines.empty' : 'lines.hint')
        )}
      </p>
      <DiscountFields />
    </Section>
  )
}

function Head() {
  const { t } = useTranslation('checkout')
  return (
    <thead>
      <tr>
        <th scope="col" colSpan={2}>
          {t('lines.product')}
        </th>
        <th scope="col">
          <VisuallyHidden>{t('totals.tax')}</VisuallyHidden>
        </th>
        <th scope="col" className={styles.money}>
          {t('lines.unitPrice')}
        </th>
        <th scope="col" className={styles.center}>
          {t('lines.quantity')}
        </th>
        <th scope="col" className={styles.money}>
          {t('lines.amount')}
        </th>
        <th scope="col">
          <VisuallyHidden>{t('lines.actions')}</VisuallyHidden>
        </th>
      </tr>
    </thead>
  )
}
