import { Button, Group } from '@mantine/core'
import { IconListCheck, IconUpload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { api } from '../../lib/client'

/** Ways from 定期一覧 to what concerns many contracts at once, for those who may. */
export function BulkLinks() {
  const { t } = useTranslation('subscriptionImports')
  const { t: bulk } = useTranslation('subscriptionBulk')
  const session = useQuery(api.auth.session.queryOptions())
  if (session.data?.permissions.includes('subscription.bulk') !== true) return null
  return (
    <Group gap={10}>
      <Button
        component={Link}
        href="/subscriptions/bulk"
        variant="default"
        leftSection={<IconListCheck size={16} aria-hidden="true" />}
      >
        {bulk('link')}
      </Button>
      <Button
        component={Link}
        href="/subscriptions/import"
        variant="default"
        leftSection={<IconUpload size={16} aria-hidden="true" />}
      >
        {t('link')}
      </Button>
    </Group>
  )
}
