import { ActionIcon, Button, Group, SegmentedControl, Text, Title } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { ORPCError } from '@orpc/client'
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { ShownRate, TaxRate } from '../../../../contract/charges'
import { TaxClass } from '../../../../contract/products'
import { api, client } from '../../lib/client'
import { tellError } from '../../lib/tell-error'
import { DateField } from '../../ui/date-field'
import { WholeField } from '../../ui/whole-field'
import offers from '../offers/offers.module.css'

interface TaxRatesProps {
  readonly rates: readonly ShownRate[]
  readonly writable: boolean
}

const Refused = z.object({ fields: z.array(z.object({ path: z.string(), message: z.string() })) })
const dayOf = (date: string): string => date.replaceAll('-', '/')

/** 税率 by the days from which they hold; those to come can be added and taken back. */
export function TaxRates({ rates, writable }: TaxRatesProps) {
  const { t } = useTranslation('charges')
  const queries = useQueryClient()
  const [adding, setAdding] = useState(false)
  const removing = useMutation({
    mutationFn: (rate: TaxRate) =>
      client.charges.removeRate({ taxClass: rate.taxClass, validFrom: rate.validFrom }),
    onSuccess: () => {
      notifications.show({ message: t('rates.removed') })
      void queries.invalidateQueries({ queryKey: api.charges.get.key() })
    },
    onError: tellError,
  })
  return (
    <section className="card" aria-labelledby="tax-rates">
      <Title order={2} id="tax-rates" mb="xs">
        {t('rates.title')}
      </Title>
      <Text size="sm">{t('rates.words')}</Text>
      <table className={offers.goods} aria-label={t('rates.title')}>
        <thead>
          <tr>
            <th scope="col">{t('rates.taxClass')}</th>
            <th scope="col">{t('rates.rate')}</th>
            <th scope="col">{t('rates.from')}</th>
            <th scope="col">{t('rates.state')}</th>
          </tr>
        </thead>
        <tbody>
          {rates.map((rate) => (
            <tr key={`${rate.taxClass}-${rate.validFrom}`}>
              <td>{t(`rates.taxClasses.${rate.taxClass}`)}</td>
              <td>{t('rates.percent', { rate: rate.ratePercent })}</td>
              <td>{dayOf(rate.validFrom)}</td>
              <td>
                {t(`rates.${rate.state}`)}
                {writable && rate.state === 'ahead' && (
                  <ActionIcon
                    ml="xs"
                    variant="default"
                    aria-label={t('rates.remove', { date: dayOf(rate.validFrom) })}
                    onClick={() => removing.mutate(rate)}
                  >
                    <IconTrash size={15} aria-hidden="true" />
                  </ActionIcon>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {writable && !adding && (
        <Button mt="sm" variant="default" onClick={() => setAdding(true)}>
          {t('rates.add')}
        </Button>
      )}
      {adding && <NewRate onDone={() => setAdding(false)} />}
    </section>
  )
}

function NewRate({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('charges')
  const queries = useQueryClient()
  const [taxClass, setTaxClass] = useState<TaxClass>('reduced')
  const [rate, setRate] = useState<number | null>(null)
  const [from, setFrom] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const keeping = useMutation({
    mutationFn: (typed: TaxRate) => client.charges.addRate(typed),
    onSuccess: () => {
      notifications.show({ message: t('rates.added') })
      void queries.invalidateQueries({ queryKey: api.charges.get.key() })
      onDone()
    },
    onError: (error) => {
      const refused = error instanceof ORPCError ? Refused.safeParse(error.data) : null
      if (refused?.success) setFault(refused.data.fields.map(({ message }) => message).join(' '))
      else tellError(error)
    },
  })
  const keep = () => {
    if (rate === null || from === null) return setFault(t('rates.required'))
    setFault(null)
    keeping.mutate({ taxClass, ratePercent: rate, validFrom: from })
  }
  return (
    <>
      <Group align="end" gap="sm" mt="sm">
        <SegmentedControl
          aria-label={t('rates.taxClass')}
          data={TaxClass.options.map((value) => ({ value, label: t(`rates.taxClasses.${value}`) }))}
          value={taxClass}
          onChange={(value) => setTaxClass(value === 'standard' ? 'standard' : 'reduced')}
        />
        <WholeField label={t('rates.addRate')} width={90} value={rate} onChange={setRate} />
        <DateField label={t('rates.from')} width={140} value={from} onChange={setFrom} />
        <Button loading={keeping.isPending} onClick={keep}>
          {t('rates.keep')}
        </Button>
        <Button variant="default" onClick={onDone}>
          {t('rates.cancel')}
        </Button>
      </Group>
      {fault !== null && (
        <Text size="sm" c="var(--bad)" role="alert" mt={6}>
          {fault}
        </Text>
      )}
    </>
  )
}
