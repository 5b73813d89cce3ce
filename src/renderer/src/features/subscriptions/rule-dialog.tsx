import { Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContractDialogProps } from './contract-dialogs'
import { draftRuleOf, readRule } from './plan-form'
import { useRuleWords } from './plan-words'
import { RuleEditor } from './rule-editor'
import { termsOf, UpdateDialog } from './update-dialog'

/** 周期を変更: the turns go on counting, on the dates of another rule. */
export function RuleDialog({ detail, onClose }: ContractDialogProps) {
  const { t } = useTranslation('subscriptionDesk')
  const { t: words } = useTranslation('subscriptions')
  const ruleOf = useRuleWords()
  const [draft, setDraft] = useState(() => draftRuleOf(detail.rule))
  const rule = readRule(draft)
  return (
    <UpdateDialog
      detail={detail}
      title={t('rule.title')}
      said={t('rule.done', { rule: rule === null ? '' : ruleOf(rule) })}
      fields={rule === null ? null : { ...termsOf(detail), rule }}
      onClose={onClose}
    >
      {(faultOf) => (
        <>
          <Text size="sm">{t('rule.words', { rule: ruleOf(detail.rule) })}</Text>
          <RuleEditor
            rule={draft}
            faultOf={(path) =>
              faultOf(path) ?? (rule === null && path === 'rule.every' ? words('required') : undefined)
            }
            onChange={setDraft}
          />
        </>
      )}
    </UpdateDialog>
  )
}
