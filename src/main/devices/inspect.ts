import { FrameScanner, readKeyboardRendering, splitKsn, type ParsedFrame } from '../domain/keypad-frame'
import type { FrameRefusal } from './keypad.port'

/** One line of the inspector: what the receiver makes of one candidate frame. */
export type Inspection =
  | {
      readonly ok: true
      readonly kind: 'keyed'
      readonly format: 'C0' | '85'
      readonly masked: string | null
      readonly expiry: string | null
      readonly serial: string | null
      /** All of it: support asks the provider about a read by its KSN. */
      readonly ksn: string
      readonly cipher: 'TDES-CBC' | 'AES-CBC'
    }
  /** `no-frame`: nothing that begins like a frame. */
  | { readonly ok: false; readonly reason: FrameRefusal | 'no-frame' | 'not-hex' }

const layout = { maskCharacter: '*' }

const keyed = (parsed: ParsedFrame): Inspection => ({
  ok: true,
  kind: 'keyed',
  format: parsed.format,
  masked: parsed.masked,
  expiry: parsed.expiryYYMM,
  serial: parsed.serial,
  ksn: parsed.ksn,
  cipher: parsed.cipher,
})

/** Inspects hex text of the HID rendering. Blanks, line breaks, commas, `0x` and either case are accepted. */
export function inspectHex(text: string): Inspection[] {
  const digits = text.replaceAll(/0x/gi, '').replaceAll(/[\s,:-]/g, '')
  if (digits.length % 2 !== 0 || !/^[\da-f]*$/i.test(digits)) return [{ ok: false, reason: 'not-hex' }]
  const bytes = Uint8Array.from({ length: digits.length / 2 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  )
  const scanner = new FrameScanner(layout)
  const found = [...scanner.push(bytes), ...scanner.expire()]
  const seen = new KsnsSeen()
  return orNothing(
    found.map((item) => (item.kind === 'frame' ? seen.judge(item.parsed) : refused(item.reason))),
  )
}

/** Inspects what a keypad in keyboard mode typed; for diagnosis only. */
export function inspectText(text: string): Inspection[] {
  const seen = new KsnsSeen()
  return orNothing(
    readKeyboardRendering(text, layout).map((result) =>
      result.ok ? seen.judge(result.parsed) : refused(result.reason),
    ),
  )
}

const refused = (reason: FrameRefusal): Inspection => ({ ok: false, reason })

const orNothing = (inspections: Inspection[]): Inspection[] =>
  inspections.length === 0 ? [{ ok: false, reason: 'no-frame' }] : inspections

/** Within one inspection a counter that does not grow is a replay, as it is for the desk. */
class KsnsSeen {
  readonly #last = new Map<string, number>()

  judge(parsed: ParsedFrame): Inspection {
    const { keySet, counter } = splitKsn(parsed.ksn)
    if (counter <= (this.#last.get(keySet) ?? -1)) return refused('replay')
    this.#last.set(keySet, counter)
    return keyed(parsed)
  }
}

/** Usage of the command-line tool. */
export const INSPECT_USAGE = `keypad:inspect --hex <frame> | --text <typed> | --hex - | --text - (from stdin)
Prints one line of JSON for each frame. Exit: 0 all accepted, 1 some refused, 2 wrong usage.`

export interface InspectRun {
  readonly lines: readonly string[]
  readonly exitCode: 0 | 1 | 2
}

/** The whole tool: arguments in, lines and exit code out. `readStdin` is asked only when no bytes are given. */
export async function runInspect(
  args: readonly string[],
  readStdin: () => Promise<string>,
): Promise<InspectRun> {
  const [option = '--hex', ...values] = args.flatMap((arg) => /^(--\w+)=(.*)$/s.exec(arg)?.slice(1) ?? arg)
  if (option !== '--hex' && option !== '--text') return { lines: [INSPECT_USAGE], exitCode: 2 }
  const given = values.join(' ')
  const input = given === '' || given === '-' ? await readStdin() : given
  if (input.trim() === '') return { lines: [INSPECT_USAGE], exitCode: 2 }
  const inspections = option === '--text' ? inspectText(input) : inspectHex(input)
  if (inspections.some((inspection) => !inspection.ok && inspection.reason === 'not-hex')) {
    return { lines: ['{"ok":false,"reason":"not-hex"}'], exitCode: 2 }
  }
  return {
    lines: inspections.map((inspection) => JSON.stringify(inspection)),
    exitCode: inspections.every((inspection) => inspection.ok) ? 0 : 1,
  }
}
