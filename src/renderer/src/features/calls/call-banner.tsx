import { IconPhoneIncoming } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { formatPhone } from '../../../../contract/text'
import { api } from '../../lib/client'
import { formatTime } from '../../lib/format'

interface CallBannerProps {
  readonly checkoutId: string
  readonly className: string | undefined
}

/** In an order that a call has opened: which one, and above all that it came without a number. */
export function CallBanner({ checkoutId, className }: CallBannerProps) {
  const { t } = useTranslation('calls')
  const call = useQuery({
    ...api.calls.ofCheckout.queryOptions({ input: { checkoutId } }),
    staleTime: 60_000,
  }).data
  if (!call) return null
  const time = formatTime(call.rangAt)
  return (
    <p className={className} data-testid="call-banner" data-kind={call.kind}>
      <IconPhoneIncoming size={18} aria-hidden />
      <span>
        {call.kind === 'number'
          ? t('banner.number', { time, phone: formatPhone(call.phone) })
          : t('banner.noNumber', { time, kind: t(`kinds.${call.kind}`) })}
      </span>
    </p>
  )
}
