import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { queue, resend } from '../../src/main/features/customer-mails/customer-mails.service'
import { sendDueMails } from '../../src/main/features/customer-mails/sending.service'
import { forEachDatabase } from '../support/databases'
import { MailsWorld, MINUTE, NOW } from '../support/mails-world'

forEachDatabase('mails to customers, when the mail server is not well', (openPlace) => {
  let world: MailsWorld
  beforeAll(async () => {
    world = await MailsWorld.open(await openPlace())
  })
  afterAll(() => world.close())
  beforeEach(() => world.clear())
  afterEach(() => world.silence())

  it('a server that is away holds all back, and its return sends all', async () => {
    const away = await world.serve()
    await away.stop()
    await world.refused(3)
    await sendDueMails(world.deps)
    expect((await world.rows()).map(({ state, cause }) => [state, cause])).toEqual(
      Array.from({ length: 3 }, () => ['waiting', 'connection-refused']),
    )
    expect((await world.rows()).map(({ tries }) => tries).toSorted()).toEqual([0, 0, 1])
    expect(await queue(world.deps)).toMatchObject({ trouble: 'connection-refused', nextTryAt: NOW + MINUTE })
    const server = await world.serve()
    await sendDueMails(world.deps)
    expect(await server.mails()).toHaveLength(0)
    world.clock.advance(MINUTE)
    await sendDueMails(world.deps)
    expect(await server.mails()).toHaveLength(3)
    expect(await queue(world.deps)).toMatchObject({ trouble: null, waiting: 0 })
  })

  it('handed over without an answer, nobody knows: not repeated by itself, and by a person under its Message-ID', async () => {
    const silent = await world.serve({ behaviour: 'hang-up-after-text' })
    await world.refused()
    await sendDueMails(world.deps)
    world.clock.advance(24 * 60 * MINUTE)
    await sendDueMails(world.deps)
    expect(await world.rows()).toMatchObject([{ state: 'unknown', tries: 1, next_try_at: null }])
    expect(await silent.mails()).toHaveLength(1)
    const idOf = (text: string | undefined) => /Message-ID: (\S+)/.exec(text ?? '')?.[1]
    const first = idOf((await silent.mails())[0]?.text)
    const server = await world.serve()
    await resend(world.deps, await world.one(), world.by)
    await expect.poll(async () => (await world.one()).state).toBe('sent')
    expect(idOf((await server.mails())[0]?.text)).toBe(first)
  })

  it('left by a program that was killed while sending, it is 結果不明 and sent by nobody', async () => {
    const server = await world.serve()
    await world.refused(2)
    await sendDueMails({
      ...world.deps,
      openMail: () => ({
        send: () => Promise.reject(new Error('killed')),
        check: () => Promise.reject(new Error('killed')),
      }),
    }).catch(() => undefined)
    expect((await world.rows()).map(({ state }) => state).toSorted()).toEqual(['sending', 'waiting'])
    await sendDueMails(world.deps)
    expect(await server.mails()).toHaveLength(0)
    world.clock.advance(6 * MINUTE)
    await sendDueMails(world.deps)
    expect((await world.rows()).map(({ state }) => state).toSorted()).toEqual(['sent', 'unknown'])
    expect(await server.mails()).toHaveLength(1)
  })

  it('an address that the server refuses for good is a call; a temporary refusal is tried again', async () => {
    const refusing = await world.serve({ behaviour: 'no-such-recipient' })
    await world.refused()
    await sendDueMails(world.deps)
    expect(await world.rows()).toMatchObject([{ state: 'phone', cause: 'recipient-refused', smtp_code: 550 }])
    await refusing.stop()
    await world.serve({ behaviour: 'try-later' })
    await resend(world.deps, await world.one(), world.by)
    await expect.poll(async () => (await world.rows())[0]?.smtp_code).toBe(451)
    expect(await world.rows()).toMatchObject([
      { state: 'waiting', cause: 'message-refused', next_try_at: NOW + MINUTE },
    ])
  })
})
