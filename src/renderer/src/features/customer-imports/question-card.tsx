import { Alert, Button, Group, Text } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { ImportDetail } from '../../../../contract/customer-imports'
import { client } from '../../lib/client'
import { ErrorPanel } from '../../ui/states'
import styles from '../../ui/csv-import/csv-import.module.css'

interface QuestionCardProps {
  readonly id: string
  readonly question: NonNullable<ImportDetail['question']>
}

/** A row that cannot be read: what stands there, why, and what to do. */
export function QuestionCard({ id, question }: QuestionCardProps) {
  const { t } = useTranslation('customerImports')
  const { t: shared } = useTranslation('csvImports')
  const deciding = useMutation({
    mutationFn: (answer: 'skip' | 'skip-all' | 'stop') => client.customerImports.decide({ id, answer }),
  })
  const button = (answer: 'skip' | 'skip-all' | 'stop', words: string, isFirst = false) => (
    <Button
      variant={isFirst ? 'filled' : 'default'}
      disabled={deciding.isPending}
      onClick={() => deciding.mutate(answer)}
    >
      {words}
    </Button>
  )
  return (
    <Alert
      color="yellow"
      role="alert"
      c="var(--mantine-color-text)"
      title={t('question.title', { line: question.line })}
    >
      <Text size="sm" fw={600}>
        {question.reason}
      </Text>
      <Text size="sm" mt={4}>
        {t('question.kept')}
      </Text>
      <Text size="sm" mt={8} mb={2}>
        {shared('raw')}
      </Text>
      <div className={styles.raw} role="group" aria-label={shared('raw')} tabIndex={0}>
        {question.raw}
      </div>
      <Group mt="sm" gap={10}>
        {button('skip', t('question.skip'), true)}
        {button('skip-all', t('question.skipAll'))}
        {button('stop', t('question.stop'))}
      </Group>
      {deciding.isError && <ErrorPanel error={deciding.error} />}
    </Alert>
  )
}
