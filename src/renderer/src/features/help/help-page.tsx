import { Title } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useSearch } from 'wouter'
import { Key } from '../../ui/states'
import pageHead from '../../ui/page-head.module.css'
import { rememberAddress } from '../../ui/remembered-row'
import { addressOfHelp, HELP_ADDRESS, helpViewOf, type HelpView } from './help-address'
import { HelpBrowser } from './help-browser'
import styles from './help.module.css'

/** ヘルプ > エラーコード */
export function HelpPage({ code }: { code: string | null }) {
  const { t } = useTranslation('help')
  const [, go] = useLocation()
  const search = useSearch()
  const address = helpViewOf(code, search)
  // The field is drawn from here: an address comes back a moment later, which a quick typist outruns.
  const [view, setView] = useState(address)
  const [shownAddress, setShownAddress] = useState(addressOfHelp(address))
  if (addressOfHelp(address) !== shownAddress) {
    setShownAddress(addressOfHelp(address))
    setView(address)
  }
  useEffect(() => rememberAddress(HELP_ADDRESS, shownAddress), [shownAddress])
  const change = (next: HelpView) => {
    setView(next)
    setShownAddress(addressOfHelp(next))
    go(addressOfHelp(next), { replace: true })
  }
  return (
    <div className="listPage">
      <div className={pageHead.head}>
        <Title order={1}>
          <span className={styles.crumb}>{t('crumb')}</span>
          {t('title')}
        </Title>
        <div className={pageHead.rest} />
        <span>
          {t('everywhere')}
          <Key>F1</Key>
        </span>
      </div>
      <HelpBrowser view={view} onChange={change} />
    </div>
  )
}
