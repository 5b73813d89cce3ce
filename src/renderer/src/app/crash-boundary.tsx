import { Button, Code, Stack, Text, Title } from '@mantine/core'
import i18next from 'i18next'
import { Component, type ReactNode } from 'react'
import { client } from '../lib/client'

interface CrashState {
  readonly crashed: boolean
  readonly supportCode: string | null
  readonly contact: string | null
}

/** When a screen breaks: says that nothing was lost, gives the support code, and loads the desk again. */
export class CrashBoundary extends Component<{ children: ReactNode }, CrashState> {
  override state: CrashState = { crashed: false, supportCode: null, contact: null }

  static getDerivedStateFromError(): Partial<CrashState> {
    return { crashed: true }
  }

  override componentDidCatch(error: unknown): void {
    void this.tell(error instanceof Error ? error : new Error(String(error)))
  }

  /** Reports to main's log and asks whom to call; the screen stands even when neither answers. */
  private async tell({ message, stack = '' }: Error): Promise<void> {
    try {
      const report = { message: message.slice(0, 2000), stack: stack.slice(0, 8000) }
      const { supportCode } = await client.system.reportCrash(report)
      this.setState({ supportCode })
      const { supportContact } = await client.system.info()
      this.setState({ contact: supportContact })
    } catch {
      this.setState({ crashed: true })
    }
  }

  override render(): ReactNode {
    if (!this.state.crashed) return this.props.children
    const { supportCode, contact } = this.state
    return (
      <div className="frame">
        <main className="door">
          <Stack className="card" w={520} gap="sm" role="alert">
            <Title order={1}>{i18next.t('error.crash')}</Title>
            <Text size="sm">{i18next.t('error.kept')}</Text>
            <Text size="sm">
              {i18next.t('error.support')} <Code fz="md">{supportCode ?? '—'}</Code>
            </Text>
            <Text size="sm" mih={40}>
              {i18next.t('error.again')} {contact}
            </Text>
            <Button onClick={() => window.location.reload()}>{i18next.t('error.retry')}</Button>
          </Stack>
        </main>
      </div>
    )
  }
}
