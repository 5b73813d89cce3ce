import { z } from 'zod'
import { procedure } from './procedure'
import { text, Version } from './values'

/** 設定 > 重要項目設定. The defaults are this program's own, not those of a keypad provider. */
export const KeypadSettings = z.object({
  /** 利用サービス: id of the payment service, null until one is chosen. */
  serviceId: z.string().max(40).nullable(),
  /** テンキーパッド入力 */
  keypadEnabled: z.boolean(),
  connection: z.enum(['usb', 'relay']),
  /** プライベートIP: loopback or private addresses only. */
  relayHost: text(45),
  /** ポート番号 */
  relayPort: z.int().min(1).max(65_535),
  /** SHA-256 fingerprint of the relay's certificate; empty means plain TCP, which only loopback in training may use. */
  relayFingerprint: text(100),
  entryTimeoutSeconds: z.int().min(15).max(300),
})
export type KeypadSettings = z.infer<typeof KeypadSettings>

export const ImportantSettings = KeypadSettings.extend({
  idleLockMinutes: z.int().min(1).max(15),
  supportContact: text(200),
})
export type ImportantSettings = z.infer<typeof ImportantSettings>

/** Of this PC alone, whatever other seats share with it. */
export const SeatSettings = z.object({
  /** 席名: shown to other seats while this one has the keypad. Empty: the PC's name. */
  seatName: text(60),
  /** Name that holds while none is set. */
  defaultSeatName: z.string(),
  /** The pairing code itself never comes back. */
  relayPairingSet: z.boolean(),
})
export type SeatSettings = z.infer<typeof SeatSettings>

/** A new pairing code of the relay; null: the kept one, empty: none. */
const RelayPairingCode = text(80).nullable()

export const SeatChange = z.object({ seatName: text(60), relayPairingCode: RelayPairingCode })
export type SeatChange = z.infer<typeof SeatChange>

/** What a test of the keypad found out, and what an admin does next. */
export const KeypadFinding = z.object({
  /** Word for the case, for tests and the log. */
  cause: z.string(),
  finding: z.string(),
  next: z.string(),
  /** Fingerprint of the certificate that the relay showed, where it is another one than the registered. */
  shownFingerprint: z.string().nullable(),
})
export type KeypadFinding = z.infer<typeof KeypadFinding>

const invalid = {
  INVALID_FIELDS: {
    message: '入力内容を確認してください。',
    data: z.object({ fields: z.array(z.object({ path: z.string(), message: z.string() })) }),
  },
} as const

export const settings = {
  getImportant: procedure('settings.read').output(
    z.object({
      version: Version,
      values: ImportantSettings,
      defaults: ImportantSettings,
      seat: SeatSettings,
      services: z.array(z.object({ id: z.string(), name: z.string(), simulator: z.boolean() })),
    }),
  ),
  saveImportant: procedure('settings.write')
    .input(z.object({ version: Version, values: ImportantSettings, seat: SeatChange.optional() }))
    .output(z.object({ version: Version, values: ImportantSettings, seat: SeatSettings }))
    .errors(invalid),
  /** 接続テスト: opens the keypad with these values, without keeping them. */
  testKeypad: procedure('settings.write')
    .input(z.object({ values: KeypadSettings, relayPairingCode: RelayPairingCode.default(null) }))
    .output(
      z.object({
        ok: z.boolean(),
        serial: z.string().nullable(),
        firmware: z.string().nullable(),
        ms: z.int(),
        finding: KeypadFinding.nullable(),
        /** Programs of others that have the same device open, and so receive what it sends. */
        otherPrograms: z.array(z.object({ pid: z.int(), name: z.string().max(60) })).max(5),
      }),
    )
    .errors(invalid),
  /**
   * HIDモードに切り替える: the one write that the desk knows, to a keypad that types (function 23h, value 30h). A unit that
   * a provider has issued is changed with the provider's consent only. Refused unless the kept settings say USB. Answers
   * when the keypad is back in HID mode (`switched`), still types (`unchanged`), or has not come back in time (`gone`).
   */
  setHidMode: procedure('keypad.manage')
    .input(z.object({ providerConsent: z.literal(true) }))
    .output(
      z.object({
        outcome: z.enum(['switched', 'already', 'refused', 'unchanged', 'gone', 'trouble']),
        /** What to do about a trouble: nothing was written. */
        why: z.string().nullable(),
      }),
    )
    .errors({
      NOT_USB: {
        message:
          '保存されている接続方法がUSBではないため、何も書き込んでいません。接続方法を「USB」にして設定を保存してから、もう一度お試しください。',
      },
    }),
  /** What a change of the payment service would leave behind: cards on file cannot move between services. */
  strandedBy: procedure('settings.read')
    .input(z.object({ serviceId: z.string().max(40) }))
    .output(
      z.object({
        cards: z.int(),
        openAuthorizations: z.int(),
        customers: z.array(z.object({ number: z.int(), name: z.string(), cards: z.int() })),
      }),
    ),
}
