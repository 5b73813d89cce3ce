import { ActionIcon, Button, Checkbox, Select, Text, Title } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { prefecturesFor } from '../../address/prefectures'
import { WholeField } from '../../ui/whole-field'
import offers from '../offers/offers.module.css'
import type { ChargesDraft, useChargesForm } from './use-charges-form'

interface AreaFeesProps {
  readonly form: ReturnType<typeof useChargesForm>
  readonly writable: boolean
}

/** 都道府県別の送料, where it is not the usual one. */
export function AreaFees({ form, writable }: AreaFeesProps) {
  const { t } = useTranslation('charges')
  const { values, faults, change } = form
  const rows = values.byPrefecture
  const set = (at: number, part: Partial<ChargesDraft['byPrefecture'][number]>) =>
    change({ byPrefecture: rows.map((row, index) => (index === at ? { ...row, ...part } : row)) })
  return (
    <section className="card" aria-labelledby="charges-areas">
      <Title order={2} id="charges-areas" mb="xs">
        {t('areas.title')}
      </Title>
      <Text size="sm">{t('areas.words')}</Text>
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed" mt="xs">
          {t('areas.none')}
        </Text>
      ) : (
        <table className={offers.goods} aria-label={t('areas.title')}>
          <thead>
            <tr>
              <th scope="col">{t('areas.prefecture')}</th>
              <th scope="col">{t('areas.fee')}</th>
              <th scope="col">{t('areas.neverFree')}</th>
              <th scope="col">
                <span className="visuallyHidden">{t('areas.actions')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              // eslint-disable-next-line react/no-array-index-key -- a row has no name before its prefecture is chosen
              <tr key={at}>
                <td>
                  <Select
                    aria-label={t('areas.prefecture')}
                    w={140}
                    searchable
                    disabled={!writable}
                    nothingFoundMessage={t('areas.noPrefecture')}
                    data={[...prefecturesFor('')]}
                    filter={({ search }) => prefecturesFor(search).map((value) => ({ value, label: value }))}
                    value={row.prefecture || null}
                    error={faults.get(`byPrefecture.${at}.prefecture`)}
                    onChange={(prefecture) => set(at, { prefecture: prefecture ?? '' })}
                  />
                </td>
                <td>
                  <WholeField
                    hiddenLabel
                    label={`${row.prefecture} ${t('areas.fee')}`}
                    width={120}
                    unit={t('yen')}
                    readOnly={!writable}
                    value={row.fee}
                    error={faults.get(`byPrefecture.${at}.fee`)}
                    onChange={(fee) => set(at, { fee })}
                  />
                </td>
                <td>
                  <Checkbox
                    size="md"
                    aria-label={`${row.prefecture} ${t('areas.neverFree')}`}
                    disabled={!writable}
                    checked={row.neverFree}
                    onChange={(event) => set(at, { neverFree: event.currentTarget.checked })}
                  />
                </td>
                <td>
                  <ActionIcon
                    variant="default"
                    disabled={!writable}
                    aria-label={t('areas.remove', { prefecture: row.prefecture })}
                    onClick={() => change({ byPrefecture: rows.filter((_row, index) => index !== at) })}
                  >
                    <IconTrash size={15} aria-hidden="true" />
                  </ActionIcon>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {writable && (
        <Button
          mt="sm"
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden="true" />}
          disabled={rows.length >= 47}
          onClick={() =>
            change({ byPrefecture: [...rows, { prefecture: '', fee: values.shipping, neverFree: false }] })
          }
        >
          {t('areas.add')}
        </Button>
      )}
    </section>
  )
}
