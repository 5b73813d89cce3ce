import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '../ui/base.css'
import '../lib/i18n'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
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
        <Notifications className="toasts" position="bottom-left" limit={3} autoClose={5000} />
        <CrashBoundary>
          <QueryClientProvider client={queryClient}>
            <Entry />
          </QueryClientProvider>
        </CrashBoundary>
      </MantineProvider>
    </StrictMode>,
  )
}
