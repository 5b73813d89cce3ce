import { describe, expect, it } from 'vitest'
import { flippedFrame, keyedFrames, typedFrames, typedSwipe } from '../../../tests/support/keypad-vectors'
import { inspectHex, inspectText, runInspect } from './inspect'

const [d12, d14] = keyedFrames
const none = async () => ''

describe('keypad:inspect', () => {
  it('shows a keyed frame', () => {
    expect(JSON.stringify(inspectHex(d12?.bytes ?? ''))).toBe(
      '[{"ok":true,"kind":"keyed","format":"C0","masked":"3530********0000","expiry":"2812","serial":"TEST000001",' +
        '"ksn":"FFFF9876543210E00001","cipher":"TDES-CBC"}]',
    )
  })

  it('takes hex however it was copied', () => {
    const bytes = d14?.bytes.match(/../g) ?? []
    for (const text of [
      bytes.join(' '),
      bytes.join('\r\n').toLowerCase(),
      bytes.map((byte) => `0x${byte}`).join(', '),
      `0x${bytes.join('')}`,
      bytes.join(':'),
    ]) {
      expect(inspectHex(text)).toMatchObject([
        { ok: true, format: '85', masked: null, expiry: '2712', serial: null },
      ])
    }
  })

  it('tells the reason of what it refuses', () => {
    expect(inspectHex(flippedFrame)).toEqual([{ ok: false, reason: 'lrc' }])
    expect(inspectHex('0000FF')).toEqual([{ ok: false, reason: 'no-frame' }])
    expect(inspectHex('02 5F 00 C0')).toEqual([{ ok: false, reason: 'incomplete' }])
    expect(inspectHex('02 5G')).toEqual([{ ok: false, reason: 'not-hex' }])
    expect(inspectText(typedSwipe)[0]).toEqual({ ok: false, reason: 'swipe' })
  })

  it('gives a line for each frame and the exit code of the whole', async () => {
    const both = await runInspect(['--hex', `${d12?.bytes} ${d14?.bytes}`], none)
    expect(both.lines).toHaveLength(2)
    expect(both.exitCode).toBe(0)
    expect((await runInspect(['--hex', `${d12?.bytes}${flippedFrame}`], none)).exitCode).toBe(1)
    expect((await runInspect(['--text', typedFrames[0].text], none)).exitCode).toBe(0)
    expect((await runInspect([`--hex=${d12?.bytes}`], none)).exitCode).toBe(0)
    expect((await runInspect([], async () => d12?.bytes ?? '')).exitCode).toBe(0)
    expect((await runInspect(['--text'], async () => `${typedFrames[0].text}\r\n`)).exitCode).toBe(0)
    expect((await runInspect(['--hex'], none)).exitCode).toBe(2)
    expect((await runInspect(['--frame', '02'], none)).exitCode).toBe(2)
    expect((await runInspect(['--hex', 'xyz'], none)).exitCode).toBe(2)
  })
})
