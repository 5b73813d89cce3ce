import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuthorizeRequest } from '../../src/main/gateways/payment-service.port'
import { newId } from '../../src/main/platform/ids'
import { acquirerFolder, startAcquirer, tokenFor, type AcquirerProcess } from '../support/acquirer'

const { folder, remove } = acquirerFolder()
let acquirer: AcquirerProcess

beforeAll(async () => {
  acquirer = await startAcquirer(folder)
})
afterAll(async () => {
  await acquirer.stop()
  remove()
})

const request = (token: string): AuthorizeRequest => ({
  idempotencyKey: newId(),
  paymentId: newId(),
  token,
  amount: 3_980,
  moto: true,
  initiator: 'customer',
})

describe('the books', () => {
  it('stand after a kill, with the keys, the certificate and the first answers', async () => {
    const own = acquirerFolder()
    const first = await startAcquirer(own.folder)
    const service = first.service('sim-key')
    const paid = request(await tokenFor(service))
    const answer = await service.authorize(paid)
    await first.kill()
    const second = await startAcquirer(own.folder)
    expect(second.ready.merchantKeys).toEqual(first.ready.merchantKeys)
    expect(second.ready.fingerprint256).toBe(first.ready.fingerprint256)
    expect(await second.service('sim-key').authorize(paid)).toEqual(answer)
    expect((await second.books()).payments).toHaveLength(1)
    await second.stop()
    own.remove()
  })

  it('tell every operation with its time, and hold no number', async () => {
    const service = acquirer.service()
    await tokenFor(service, { pan: '3566002020360505' })
    const { operations, tokens } = await acquirer.books()
    expect(operations.map(({ seq }) => seq)).toEqual(operations.map((_, index) => index + 1))
    expect(operations.every(({ at }, index) => index === 0 || at >= (operations[index - 1]?.at ?? 0))).toBe(
      true,
    )
    expect(operations.at(-1)).toMatchObject({ kind: 'tokenize', outcome: 'approved' })
    expect(tokens.at(-1)).toMatchObject({ brand: 'JCB', masked: '356600******0505' })
    const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)))
    expect(files.some((bytes) => bytes.includes('356600******0505'))).toBe(true)
    expect(files.some((bytes) => bytes.includes('3566002020360505'))).toBe(false)
  })
})

describe('the doors', () => {
  it('are shut without the right key', async () => {
    const { control } = acquirer
    expect((await control('/books', undefined, 'wrong')).status).toBe(401)
    expect(
      (await control('/fault', { operation: 'authorize', fault: { kind: 'hang' } }, 'wrong')).status,
    ).toBe(401)
    expect((await control('/nowhere')).status).toBe(404)
    expect((await control('/fault', { operation: 'everything' })).status).toBe(400)
  })

  it('know paths, bodies and nothing else', async () => {
    const good = { ...request('no-such-token') }
    const status = async (path: string, body?: object | string) =>
      (await acquirer.raw('sim-key', path, body)).status
    expect(await status('/v1/payments', { ...good, amount: 1.5 })).toBe(400)
    expect(await status('/v1/payments', { ...good, amount: -1 })).toBe(400)
    expect(await status('/v1/payments', '{')).toBe(400)
    expect(await status('/v1/tokens', 'x'.repeat(70_000))).toBe(400)
    expect(await status('/v2/handshake')).toBe(404)
    expect(await status('/v1/payments/1/settle', {})).toBe(404)
    expect(await status('/v1/payments', good)).toBe(402)
  })

  it('are told in a file for the owner only', () => {
    expect(JSON.parse(readFileSync(acquirer.file, 'utf8'))).toMatchObject({ ...acquirer.ready })
    const modes = ['acquirer.json', 'acquirer.pem', 'acquirer.db'].map(
      (name) => statSync(join(folder, name)).mode & 0o777,
    )
    expect(modes).toEqual([0o600, 0o600, 0o600])
  })
})
