import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import styles from './auth.module.css'

/** The rules of the contract's `NewPassword`, one by one, so that each can be ticked while typing. */
const RULES = [
  ['length', /^.{12,}$/s],
  ['digit', /[0-9]/],
  ['lower', /[a-z]/],
  ['upper', /[A-Z]/],
  ['space', /^\S(.*\S)?$/s],
] as const

/** What a new password must have; each rule is ticked as soon as it is met. */
export function PasswordRules({ id, password }: { id: string; password: string }) {
  const { t } = useTranslation('auth')
  return (
    <ul id={id} className={styles.rules} aria-label={t('first.rulesLabel')}>
      {RULES.map(([name, shape]) => {
        const met = shape.test(password)
        return (
          <li key={name} data-met={met}>
            {met ? (
              <IconCircleCheckFilled size={15} aria-hidden="true" />
            ) : (
              <IconCircle size={15} aria-hidden="true" />
            )}
            {t(`first.rules.${name}`)}
            <span className="visuallyHidden">{t(met ? 'first.met' : 'first.unmet')}</span>
          </li>
        )
      })}
    </ul>
  )
}
