import { Alert, Button, Text } from '@mantine/core'
import { isDefinedError } from '@orpc/client'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { MailSettings } from '../../../../contract/options'
import { api, describeError } from '../../lib/client'
import styles from './options.module.css'
import type { MailFaults } from './use-mail-form'

interface MailTestProps {
  readonly values: MailSettings
  readonly password: string | null
  readonly onFaults: (faults: MailFaults) => void
}

/** 送信テスト with the values as they stand in the form; no mail goes out. */
export function MailTest({ values, password, onFaults }: MailTestProps) {
  const { t } = useTranslation('options')
  const test = useMutation(
    api.options.testMail.mutationOptions({
      onError: (error) => {
        if (isDefinedError(error) && error.code === 'INVALID_FIELDS') {
          onFaults(new Map(error.data.fields.map((fault) => [fault.path, fault.message])))
        }
      },
    }),
  )
  const parsed = MailSettings.safeParse(values)
  const { data } = test
  return (
    <div className={styles.test}>
      <Button
        variant="default"
        disabled={!parsed.success || values.host === ''}
        loading={test.isPending}
        onClick={() => parsed.success && test.mutate({ values: parsed.data, password })}
      >
        {t('settings.test')}
      </Button>
      <div role="status">
        {test.isIdle && (
          <Text size="sm" c="dimmed">
            {t('settings.testNote')}
          </Text>
        )}
        {test.isError && (
          <Alert color="red" py="xs" c="var(--mantine-color-text)">
            {describeError(test.error).message}
          </Alert>
        )}
        {data?.ok === true && (
          <Alert color="accent" py="xs" c="var(--mantine-color-text)">
            {t('settings.testOk')}
          </Alert>
        )}
        {data?.cause && (
          <Alert color="red" py="xs" c="var(--mantine-color-text)">
            {t(`mail.cause.${data.cause}`)}
            {data.smtpCode !== null && ` ${t('mail.code', { code: data.smtpCode })}`}
          </Alert>
        )}
      </div>
    </div>
  )
}
