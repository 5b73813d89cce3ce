import { Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { PriceStep } from '../../../../contract/subscription-form'
import type { ContractDialogProps } from './contract-dialogs'
import type { DraftStep } from './plan-form'
import { StepsEditor } from './steps-part'
import { termsOf, UpdateDialog } from './update-dialog'

const Steps = z.array(PriceStep).max(12)

interface NamedStep extends DraftStep {
  /** What the order calls it; kept as it was agreed. */
  readonly label: string
}

/** 価格を変更: 初回価格, 段階価格, N回まで割引. */
export function PricesDialog({ detail, onClose }: ContractDialogProps) {
  const { t } = useTranslation('subscriptionDesk')
  const { t: words } = useTranslation('subscriptions')
  const [steps, setSteps] = useState<readonly NamedStep[]>(detail.form.priceSteps)
  const read = Steps.safeParse(steps)
  const missing = new Set(
    read.success
      ? []
      : read.error.issues.map(({ path }) =>
          // A whole step is refused for its percentage: the field is marked.
          ['priceSteps', ...(path.length === 1 ? [...path, 'value'] : path)].join('.'),
        ),
  )
  return (
    <UpdateDialog
      detail={detail}
      title={t('prices.title')}
      said={t('prices.done')}
      fields={read.success ? { ...termsOf(detail), priceSteps: read.data } : null}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <Text size="sm" id="contract-steps">
            {t('prices.words')}
          </Text>
          <StepsEditor
            steps={steps}
            labelledBy="contract-steps"
            faultOf={(path) => faultOf(path) ?? (missing.has(path) ? words('required') : undefined)}
            onChange={(next) =>
              setSteps(next.map((step, at) => ({ ...step, label: labelAt(steps, step, at) })))
            }
          />
        </>
      )}
    </UpdateDialog>
  )
}

/** The name of a step that is only corrected stays; of one that is another kind of thing now, it goes. */
function labelAt(before: readonly NamedStep[], step: DraftStep, at: number): string {
  const same = before.find((one) => one === step) ?? before[at]
  return same !== undefined && same.kind === step.kind && same.value === step.value ? same.label : ''
}
