import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Charges } from '../../../../contract/charges'
import { api, client } from '../../lib/client'
import { useVersionedForm, type Kept } from '../../ui/use-versioned-form'

type Amount = 'shipping' | 'coolFee' | 'codFee' | 'deferredFee'
type Area = Charges['byPrefecture'][number]

/** The settings as they are typed: an amount may be missing. */
export type ChargesDraft = Omit<Charges, Amount | 'byPrefecture'> &
  Record<Amount, number | null> & {
    byPrefecture: readonly (Omit<Area, 'fee'> & { fee: number | null })[]
  }

/** The form of 設定 > 送料・税. */
export function useChargesForm(stored: { readonly version: number; readonly values: Charges }) {
  const { t } = useTranslation('products')
  const { t: words } = useTranslation('charges')
  const queries = useQueryClient()
  const form = useVersionedForm<ChargesDraft>({
    stored,
    save: async (values, base) =>
      client.charges.save({ version: base.version ?? 1, values: Charges.parse(values) }),
    latest: async (): Promise<Kept<ChargesDraft>> => client.charges.get(),
    onSaved: () => void queries.invalidateQueries({ queryKey: api.charges.key() }),
    said: words('saved'),
  })
  return {
    ...form,
    save: () => {
      const parsed = Charges.safeParse(form.values)
      if (parsed.success) return form.save()
      form.refuse(new Map(parsed.error.issues.map(({ path }) => [path.join('.'), t('detail.required')])))
    },
  }
}
