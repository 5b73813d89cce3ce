import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { back, confirm, proceed } from '../../src/main/checkout/checkout.service'
import { loadCheckout } from '../../src/main/checkout/drafts'
import { httpPaymentService } from '../../src/main/gateways/http-service/http-payment-service'
import { openWorld } from './checkout-world'

/** A desk without windows that kills itself in the middle of its work, as a power cut would. */
const Task = z.object({
  path: z.string(),
  simulatorFile: z.string(),
  serviceId: z.string(),
  checkoutId: z.string(),
  until: z.enum(['order', 'void']),
  killAt: z.string(),
})

const Simulator = z.object({
  url: z.string(),
  fingerprint256: z.string(),
  merchantKeys: z.record(z.string(), z.string()),
})

const task = Task.parse(JSON.parse(process.argv[2] ?? ''))
const simulator = Simulator.parse(JSON.parse(readFileSync(task.simulatorFile, 'utf8')))
const service = httpPaymentService({
  id: task.serviceId,
  name: task.serviceId,
  url: simulator.url,
  fingerprint256: simulator.fingerprint256,
  merchantKey: simulator.merchantKeys[task.serviceId] ?? '',
})
const { deps, actor } = await openWorld({ kind: 'sqlite', path: task.path }, service, {
  onStep: (step) => {
    if (step === task.killAt) process.kill(process.pid, 'SIGKILL')
  },
})
const version = async () => (await loadCheckout(deps, task.checkoutId)).version
await proceed(deps, actor, task.checkoutId, await version())
if (task.until === 'order') await confirm(deps, actor, task.checkoutId, await version())
else await back(deps, task.checkoutId, await version(), 'void')
process.stdout.write('not killed\n')
process.exit(0)
