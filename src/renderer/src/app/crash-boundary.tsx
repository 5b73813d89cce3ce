import { Button, Code, Stack, Text, Title } from '@mantine/core'
import { Component, type ReactNode } from 'react'
import i18next from 'i18next'
import { client } from '../lib/client'

interface CrashState {
  readonly crashed: boolean
  readonly supportCode: string | null
}

/** When a screen breaks: says that nothing was lost, gives the support code, and loads the desk again. */
export class CrashBoundary extends Component<{ children: ReactNode }, CrashState> {
  override state: CrashState = { crashed: false, supportCode: null }

  static getDerivedStateFromError(): Partial<CrashState> {
    return { crashed: true }
  }

  override componentDidCatch(error: unknown): void {
    const shown = error instanceof Error ? error : new Error(String(error))
    client.system
      .reportCrash({ message: shown.message.slice(0, 2000), stack: (shown.stack ?? '').slice(0, 8000) })
      .then(({ supportCode }) => this.setState({ supportCode }))
      .catch(() => undefined)
  }

  override render(): ReactNode {
    if (!this.state.crashed) return this.props.children
    return (
      <main className="door">
        <Stack className="card" w={520} role="alert">
          <Title order={1}>{i18next.t('error.crash')}</Title>
          <Text>{i18next.t('error.kept')}</Text>
          <Text>
            {i18next.t('error.support')} <Code>{this.state.supportCode ?? '—'}</Code>
          </Text>
          <Button onClick={() => window.location.reload()}>{i18next.t('error.retry')}</Button>
        </Stack>
      </main>
    )
  }
}
