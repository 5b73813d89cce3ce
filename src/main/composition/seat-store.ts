import { hostname } from 'node:os'
import type { SeatChange, SeatSettings } from '../../contract/settings'
import { readProfile, updateProfile } from '../app/profile'
import type { Log } from '../platform/log'
import type { SecretBox } from '../platform/secrets'

/** What belongs to this PC: its name, and its pairing with the keypad relay. Kept in the profile, not in the database. */
export interface SeatStore {
  /** 席名, or the PC's name. */
  name(): string
  view(): SeatSettings
  /** Null when there is none, or when it was sealed with another key. */
  pairingCode(): string | null
  /** Keeps a change; a pairing code of null leaves the kept one, an empty one removes it. */
  save(change: SeatChange): Promise<void>
}

export async function openSeatStore(folder: string, box: SecretBox, log: Log): Promise<SeatStore> {
  let { seatName, relayPairing } = await readProfile(folder)

  function pairingCode(): string | null {
    if (relayPairing === null) return null
    try {
      return box.open(relayPairing)
    } catch {
      log.warn('the pairing code of the keypad relay was sealed with another key')
      return null
    }
  }

  return {
    name: () => seatName || hostname(),
    view: () => ({ seatName, defaultSeatName: hostname(), relayPairingSet: pairingCode() !== null }),
    pairingCode,
    async save(change) {
      const { relayPairingCode: code } = change
      const sealed = code === null ? relayPairing : code === '' ? null : box.seal(code)
      const kept = await updateProfile(folder, { seatName: change.seatName.trim(), relayPairing: sealed })
      seatName = kept.seatName
      relayPairing = kept.relayPairing
    },
  }
}
