import '@mantine/core/styles.css'
import '@mantine/dates/styles.css'
import '@mantine/notifications/styles.css'
import 'dayjs/locale/ja'
import '../ui/base.css'
import '../lib/i18n'
import { MantineProvider } from '@mantine/core'
import { DatesProvider } from '@mantine/dates'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import i18next from 'i18next'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { installKeyCurtain } from '../lib/keyboard'
import { theme, variables } from '../ui/theme'
import { CrashBoundary } from './crash-boundary'
import { Entry } from './entry'
import { queryClient } from './query-client'

const nonce = () => document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

installKeyCurtain()

const root = document.querySelector('#root')
if (root) {
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={variables}
        defaultColorScheme="auto"
        getStyleNonce={nonce}
      >
        <DatesProvider settings={{ locale: i18next.language, firstDayOfWeek: 0 }}>
          <Notifications position="top-right" limit={3} autoClose={5000} />
          <CrashBoundary>
            <QueryClientProvider client={queryClient}>
              <Entry />
            </QueryClientProvider>
          </CrashBoundary>
        </DatesProvider>
      </MantineProvider>
    </StrictMode>,
  )
}
