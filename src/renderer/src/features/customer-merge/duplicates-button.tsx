import { Button } from '@mantine/core'
import { IconUsers } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'

/** The way from 顧客一覧 to 名寄せ. */
export function DuplicatesButton() {
  const { t } = useTranslation('customerMerge')
  return (
    <Button
      component={Link}
      href="/customers/duplicates"
      variant="default"
      leftSection={<IconUsers size={16} aria-hidden="true" />}
    >
      {t('button')}
    </Button>
  )
}
