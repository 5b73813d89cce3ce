import { NativeSelect, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { OrderChannel } from '../../../../contract/shipments'
import { useDraft, useDraftState } from '../draft/draft-context'
import styles from './form.module.css'
import { OfferField } from './offer-field'

/** How the order came in, and which advertisement brought it. */
export function ChannelFields() {
  const { t } = useTranslation('checkout')
  const draft = useDraft()
  const { form } = useDraftState()
  const flush = () => void draft.flush()
  return (
    <div className={styles.channel}>
      <NativeSelect
        label={t('channel.label')}
        value={form.channel}
        data-path="channel"
        data={OrderChannel.options.map((value) => ({ value, label: t(`channel.kinds.${value}`) }))}
        onChange={(event) => {
          const channel = OrderChannel.parse(event.currentTarget.value)
          draft.edit((before) => ({ ...before, channel }))
        }}
        onBlur={flush}
      />
      <OfferField />
      <TextInput
        label={t('channel.medium')}
        placeholder={t('channel.mediumHint')}
        maxLength={40}
        value={form.medium}
        data-path="medium"
        onChange={(event) => {
          const { value } = event.currentTarget
          draft.edit((before) => ({ ...before, medium: value }))
        }}
        onBlur={flush}
      />
    </div>
  )
}
