import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallView } from '../../../../contract/calls'
import { formatPhone } from '../../../../contract/text'

/** How a call is called: by its number or why there is none, and by whose number it is. */
export function useCallWords() {
  const { t } = useTranslation('calls')
  return useMemo(() => {
    const number = ({ kind, phone }: CallView): string =>
      kind === 'number' ? formatPhone(phone) : t(`kinds.${kind}`)
    const who = ({ match }: CallView): string => {
      switch (match.kind) {
        case 'one':
          return t('match.one', { name: match.name })
        case 'several':
          return t('match.several', { count: match.count })
        case 'unknown':
          return t('match.unknown')
        case 'no-number':
          return ''
      }
    }
    return { number, who, whole: (call: CallView) => [number(call), who(call)].filter(Boolean).join(' ') }
  }, [t])
}
