import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { FileFields } from '../../../../contract/customer-file'
import styles from './customer-file.module.css'

interface PhonesProps {
  readonly draft: FileFields
  readonly faults: ReadonlyMap<string, string>
  readonly writable: boolean
  readonly change: (part: Partial<FileFields>) => void
}

/** Phones besides the main one. */
export function OtherPhones({ draft: { phones }, faults, writable, change }: PhonesProps) {
  const { t } = useTranslation('customerFile')
  const set = (at: number, part: Partial<FileFields['phones'][number]>) =>
    change({ phones: phones.map((one, index) => (index === at ? { ...one, ...part } : one)) })
  return (
    <Stack gap={6} className={styles.full ?? ''} role="group" aria-label={t('phones')}>
      <Group gap="sm">
        <Text size="sm" fw={600}>
          {t('phones')}
        </Text>
        {writable && (
          <Button
            size="compact-sm"
            variant="default"
            disabled={phones.length >= 8}
            leftSection={<IconPlus size={14} aria-hidden="true" />}
            onClick={() => change({ phones: [...phones, { label: '', phone: '' }] })}
          >
            {t('addPhone')}
          </Button>
        )}
      </Group>
      {phones
        .map((phone, index) => ({ phone, index }))
        .map(({ phone, index }) => (
          <Group key={index} gap="sm" align="start" wrap="nowrap">
            <TextInput
              aria-label={t('phoneLabel', { at: index + 1 })}
              placeholder={t('phoneLabelHint')}
              w={140}
              maxLength={20}
              readOnly={!writable}
              value={phone.label}
              onChange={(event) => set(index, { label: event.currentTarget.value })}
            />
            <TextInput
              aria-label={t('phone', { at: index + 1 })}
              style={{ flex: 1 }}
              inputMode="tel"
              maxLength={30}
              readOnly={!writable}
              error={faults.get(`phones.${index}`)}
              value={phone.phone}
              onChange={(event) => set(index, { phone: event.currentTarget.value })}
            />
            {writable && (
              <ActionIcon
                variant="default"
                size={30}
                aria-label={t('removePhone', { at: index + 1 })}
                onClick={() => change({ phones: phones.filter((_, at) => at !== index) })}
              >
                <IconTrash size={16} aria-hidden="true" />
              </ActionIcon>
            )}
          </Group>
        ))}
    </Stack>
  )
}
