import { useTranslation } from 'react-i18next'
import type { CustomerMailCause } from '../../../../contract/customer-mails'

/** Why a mail is not on its way, in a sentence. */
export function useCauseWords(): (cause: CustomerMailCause) => string {
  const { t } = useTranslation('customerMails')
  const { t: options } = useTranslation('options')
  return (cause) => {
    switch (cause) {
      case 'no-consent':
      case 'no-address':
      case 'bad-address':
      case 'outdated':
      case 'kind-off':
      case 'by-person':
      case 'recipient-refused':
      case 'message-refused':
        return t(`causes.${cause}`)
      default:
        return options(`mail.cause.${cause}`)
    }
  }
}
