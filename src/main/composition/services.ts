import { readFile } from 'node:fs/promises'
import type { DeskMode } from '../../contract/auth'
import type { ServiceLamp } from '../../contract/system'
import { SimulatorFile } from '../app/command-line'
import type { ServiceChoice } from '../checkout/deps'
import { failureOf, type FailureCause } from '../checkout/failures'
import { acceptService } from '../gateways/http-service/accept-service'
import type { PaymentService } from '../gateways/payment-service.port'

/** Services that the simulator plays; each keeps a request from becoming two charges in another way. */
const SIMULATED = {
  'sim-key': '練習用決済サービス(冪等キー方式)',
  'sim-order': '練習用決済サービス(注文番号方式)',
  'sim-none': '練習用決済サービス(重複防止なし)',
} as const

export interface ServiceRegistry {
  list(): readonly { id: string; name: string; simulator: boolean }[]
  /** The service with this id, identified and accepted for this mode; or the cause that stands in the way. */
  choose(id: string | null): Promise<ServiceChoice>
  lamp(id: string | null): Promise<ServiceLamp>
  close(): Promise<void>
}

async function simulatorAt(path: string | null): Promise<SimulatorFile | null> {
  if (path === null) return null
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) return null
  const parsed = SimulatorFile.safeParse(JSON.parse(text))
  return parsed.success ? parsed.data : null
}

/**
 * The payment services of this mode. Training knows only the simulator; production knows only services that
 * were set up, and there is none until a contract brings one.
 */
export function serviceRegistry(options: { mode: DeskMode; simulatorFile: string | null }): ServiceRegistry {
  const ready = new Map<string, Extract<ServiceChoice, { ready: true }>>()
  const open = new Map<string, PaymentService>()
  const names: Readonly<Record<string, string>> = options.mode === 'training' ? SIMULATED : {}

  async function serviceOf(id: string): Promise<PaymentService | null> {
    const known = open.get(id)
    if (known) return known
    const name = names[id]
    const simulator = await simulatorAt(options.simulatorFile)
    const merchantKey = simulator?.merchantKeys[id]
    if (name === undefined || !simulator || merchantKey === undefined) return null
    // Its HTTP client is large: loaded when the first service is opened, not before the sign-in screen.
    const { httpPaymentService } = await import('../gateways/http-service/http-payment-service')
    const opened = open.get(id)
    if (opened) return opened
    const service = httpPaymentService({
      id,
      name,
      url: simulator.url,
      fingerprint256: simulator.fingerprint256,
      merchantKey,
    })
    open.set(id, service)
    return service
  }

  async function choose(id: string | null): Promise<ServiceChoice> {
    if (id === null) return { ready: false, cause: 'service-not-set-up' }
    const known = ready.get(id)
    if (known) return known
    const service = await serviceOf(id)
    if (!service) return { ready: false, cause: 'service-not-set-up' }
    const identity = await service.identify()
    if ('kind' in identity) return { ready: false, cause: `service-${identity.cause}` }
    const refusal = acceptService(identity, options.mode)
    if (refusal !== null) return { ready: false, cause: 'simulator-in-production' }
    const choice = { ready: true, active: { service, capabilities: identity.capabilities } } as const
    ready.set(id, choice)
    return choice
  }

  const trouble = (cause: FailureCause, name: string | null): ServiceLamp => {
    const failure = failureOf(cause)
    const state = cause === 'service-not-set-up' ? 'not-set-up' : 'trouble'
    return { state, reason: failure.action, name }
  }

  return {
    list: () => Object.entries(names).map(([id, name]) => ({ id, name, simulator: true })),
    choose,
    async lamp(id) {
      const name = id === null ? null : (names[id] ?? null)
      const choice = await choose(id)
      if (!choice.ready) return trouble(choice.cause, name)
      const identity = await choice.active.service.identify()
      if ('kind' in identity) return trouble(`service-${identity.cause}`, name)
      return { state: 'connected', reason: null, name: identity.name }
    },
    async close() {
      ready.clear()
      const services = [...open.values()]
      open.clear()
      await Promise.all(services.map((service) => service.close()))
    },
  }
}
