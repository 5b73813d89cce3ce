import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  InspectionAnswers,
  InspectionItem,
  type InspectionRow,
} from '../../../../contract/keypad-inspections'
import { api, client } from '../../lib/client'
import { sendPhoto, usePhoto } from './use-photo'

export interface Line {
  readonly answer: 'yes' | 'no' | null
  readonly note: string
}
export type Lines = Readonly<Record<InspectionItem, Line>>

const EMPTY: Line = { answer: null, note: '' }
const noLines = (): Lines => ({
  serial: EMPTY,
  case: EMPTY,
  cable: EMPTY,
  label: EMPTY,
  screen: EMPTY,
  place: EMPTY,
})

export type LineFault = 'answerNeeded' | 'noteNeeded'

/** What is missing in a line before the inspection can be signed. */
export function lineFault({ answer, note }: Line): LineFault | null {
  if (answer === null) return 'answerNeeded'
  return answer === 'no' && note.trim() === '' ? 'noteNeeded' : null
}

/** The checklist of one keypad until it is signed; after a refusal everything stays as it was. */
export function useInspection(keypadId: string, onSigned: (signed: InspectionRow) => void) {
  const queries = useQueryClient()
  const [lines, setLines] = useState(noLines)
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const photo = usePhoto()
  const faulty = InspectionItem.options.filter((item) => lineFault(lines[item]) !== null)
  const signing = useMutation({
    mutationFn: async (answers: InspectionAnswers) => {
      const photoId = photo.photo === null ? null : await sendPhoto(photo.photo)
      return client.keypadInspections.sign({ keypadId, answers, note, photoId })
    },
    onSuccess: async (signed) => {
      setLines(noLines())
      setNote('')
      setTried(false)
      photo.clear()
      onSigned(signed)
      await Promise.all([
        queries.invalidateQueries({ queryKey: api.keypadInspections.key() }),
        queries.invalidateQueries({ queryKey: api.home.key() }),
      ])
    },
  })
  const sign = (): boolean => {
    setTried(true)
    const answers = InspectionAnswers.safeParse(lines)
    if (!answers.success || signing.isPending) return false
    signing.mutate(answers.data)
    return true
  }
  return {
    lines,
    change: (item: InspectionItem, part: Partial<Line>) =>
      setLines((seen) => ({ ...seen, [item]: { ...seen[item], ...part } })),
    note,
    setNote,
    photo,
    /** Items to mend, once signing was tried. */
    faulty: tried ? faulty : [],
    sign,
    isSigning: signing.isPending,
    error: signing.error,
  }
}
