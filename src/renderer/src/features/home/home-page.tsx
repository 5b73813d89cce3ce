import { Badge, Button, Group, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { UnfinishedCheckout } from '../../../../contract/checkout'
import { api } from '../../lib/client'
import { formatPlainDate, formatTime, formatYen } from '../../lib/format'
import { ErrorPanel } from '../../ui/states'
import { SalesChart } from './sales-chart'

function Unfinished({ rows }: { rows: readonly UnfinishedCheckout[] }) {
  const { t } = useTranslation('home')
  const { t: common } = useTranslation('common')
  const [, go] = useLocation()
  if (rows.length === 0) return <Text size="sm">{t('unfinishedEmpty')}</Text>
  return (
    <Stack gap={6} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {rows.map((row) => (
        <Group key={row.checkoutId} component="li" gap="md" wrap="nowrap" mih={34}>
          <Text fw={600} w={150} truncate>
            {row.customerName ?? t('noName')}
          </Text>
          <Badge
            variant="light"
            color={row.stage === 'editing' ? 'gray' : 'teal'}
            c="var(--mantine-color-text)"
            w={110}
          >
            {t(`stage.${row.stage}`)}
          </Badge>
          <Text w={90} ta="right">
            {formatYen(row.amount)}
          </Text>
          <Text size="sm" c="var(--mantine-color-dimmed)" style={{ flex: 1 }} truncate>
            {row.payment && `${common(`payment.${row.payment.state}`)} `}
            {row.voidsAt !== null && t('voids', { time: formatTime(row.voidsAt) })}
          </Text>
          <Text size="sm" c="var(--mantine-color-dimmed)">
            {t('by', { name: row.operatorName, time: formatTime(row.updatedAt) })}
          </Text>
          <Button variant="default" size="compact-sm" onClick={() => go(`/checkout/${row.checkoutId}`)}>
            {t('resume')}
          </Button>
        </Group>
      ))}
    </Stack>
  )
}

/** ホーム: today, the last two weeks, and what was left half-done. */
export function HomePage() {
  const { t } = useTranslation('home')
  const summary = useQuery(api.home.summary.queryOptions())
  const { data } = summary
  return (
    <Stack className="pageBody" gap="md">
      <Title order={1}>{t('title')}</Title>
      {summary.isError && <ErrorPanel error={summary.error} onRetry={() => void summary.refetch()} />}
      <SimpleGrid cols={3} spacing="md">
        <div className="card" style={{ height: 96 }}>
          <Text size="sm">{t('today')}</Text>
          <Text size="sm" c="var(--mantine-color-dimmed)">
            {data && formatPlainDate(data.today.date)}
          </Text>
        </div>
        <div className="card" style={{ height: 96 }}>
          <Text size="sm">{t('orders')}</Text>
          <Text fz={28} fw={600} ta="right">
            {data?.today.orders ?? ''}
          </Text>
        </div>
        <div className="card" style={{ height: 96 }}>
          <Text size="sm">{t('total')}</Text>
          <Text fz={28} fw={600} ta="right">
            {data && formatYen(data.today.total)}
          </Text>
        </div>
      </SimpleGrid>
      <section className="card" aria-labelledby="unfinished" style={{ minHeight: 96 }}>
        <Title order={2} id="unfinished" mb="xs">
          {t('unfinished')}
        </Title>
        {data && <Unfinished rows={data.unfinished} />}
      </section>
      <section className="card" aria-labelledby="sales" style={{ minHeight: 220 }}>
        <Title order={2} id="sales">
          {t('chart')}
        </Title>
        {data && <SalesChart days={data.byDay} />}
      </section>
    </Stack>
  )
}
