import type { ServiceIdentity } from '../payment-service.port'

/** Why a service may not be used in this mode; null when it may. */
export function acceptService(
  identity: ServiceIdentity,
  mode: 'training' | 'production',
): 'simulator-in-production' | 'real-service-in-training' | null {
  if (mode === 'production') return identity.simulator ? 'simulator-in-production' : null
  return identity.simulator ? null : 'real-service-in-training'
}
