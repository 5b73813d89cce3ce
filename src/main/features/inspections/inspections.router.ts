import { implement } from '@orpc/server'
import { keypadInspections } from '../../../contract/keypad-inspections'
import { sessionOf, type CallContext } from '../../platform/call-context'
import { Refusal } from '../../platform/refusal'
import { scopeOf, type InspectionsDeps } from './deps'
import { exportInspections } from './inspections.csv'
import { shopsWithKeypads } from './inspections.repository'
import {
  dueList,
  inspectedKeypad,
  inspectionHistory,
  monthOf,
  readInterval,
  saveInterval,
  signInspection,
  stopAfterInspection,
} from './inspections.service'
import { photoInbox } from './photo-inbox'
import { inspectionById, photoOf } from './records.repository'

const os = implement(keypadInspections).$context<CallContext>()

export function inspectionsRouter(deps: () => InspectionsDeps) {
  const photos = photoInbox()
  const db = () => deps().database.db
  return os.router({
    list: os.list.handler(({ input, context }) => dueList(deps(), sessionOf(context), input)),
    shops: os.shops.handler(({ context }) => shopsWithKeypads(db(), scopeOf(sessionOf(context)))),
    month: os.month.handler(({ input, context }) => monthOf(deps(), sessionOf(context), input.month)),
    keypad: os.keypad.handler(({ input, context }) =>
      inspectedKeypad(deps(), sessionOf(context), input.keypadId),
    ),
    history: os.history.handler(({ input, context }) => inspectionHistory(deps(), sessionOf(context), input)),
    photo: os.photo.handler(async ({ input, context }) => {
      const inspection = await inspectionById(db(), scopeOf(sessionOf(context)), input.inspectionId)
      const photo = inspection && (await photoOf(db(), inspection.id))
      if (!photo) throw new Refusal('NOT_FOUND')
      return photo
    }),
    photoPart: os.photoPart.handler(({ input, context }) => {
      photos.put(sessionOf(context).userId, input.photoId, input.position, input.data)
      return null
    }),
    sign: os.sign.handler(async ({ input, context }) => {
      const session = sessionOf(context)
      const photo = input.photoId === null ? null : photos.take(session.userId, input.photoId)
      if (input.photoId !== null && photo === null) throw new Refusal('PHOTO_LOST')
      const signed = await signInspection(deps(), session, input, photo)
      photos.forget(session.userId)
      return signed
    }),
    stop: os.stop.handler(({ input, context }) => stopAfterInspection(deps(), sessionOf(context), input)),
    getSettings: os.getSettings.handler(() => readInterval(db())),
    saveSettings: os.saveSettings.handler(({ input, context }) =>
      saveInterval(deps(), { ...input, by: sessionOf(context).userId }),
    ),
    exportCsv: os.exportCsv.handler(({ input, context }) =>
      exportInspections(deps(), sessionOf(context), input),
    ),
  })
}
