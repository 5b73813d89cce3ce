import { useTranslation } from 'react-i18next'
import type { FileFields } from '../../../../contract/customer-file'

/** A field of the file as a person reads it. */
export function useFileWords(): (key: keyof FileFields, fields: FileFields) => string {
  const { t } = useTranslation('customerFile')
  return (key, fields) => {
    switch (key) {
      case 'phones':
        return fields.phones.map(({ label, phone }) => `${label} ${phone}`.trim()).join('、')
      case 'tags':
        return fields.tags.join('、')
      case 'sex':
        return fields.sex === null ? '' : t(`sexes.${fields.sex}`)
      case 'mailConsent':
      case 'dmConsent':
        return t(`consent.${fields[key]}`)
      default:
        return fields[key] ?? ''
    }
  }
}
