import { useRef, type CompositionEvent } from 'react'
import { composed, kanaAfter, NO_READING } from './furigana'

/**
 * Fills a kana field from what the input method shows while the name is composed, until a person types into the
 * kana field. Emptying the name empties the kana that was filled in; emptying the kana field hands it back.
 */
export function useFurigana(kana: string, setKana: (kana: string) => void) {
  const reading = useRef({ ...NO_READING, touched: kana !== '' })
  return {
    /** Handlers of the name field. */
    name: {
      onCompositionStart: () => {
        reading.current = { ...reading.current, pending: '' }
      },
      onCompositionUpdate: (event: CompositionEvent) => {
        reading.current = composed(reading.current, event.data)
      },
      onCompositionEnd: (event: CompositionEvent) => {
        const next = kanaAfter(reading.current, event.data, kana)
        reading.current = { ...reading.current, pending: '' }
        if (next !== kana) setKana(next)
      },
    },
    onNameTyped: (name: string) => {
      if (name === '' && !reading.current.touched && kana !== '') setKana('')
    },
    onKanaTyped: (text: string) => {
      reading.current = { pending: '', touched: text !== '' }
      setKana(text)
    },
  }
}
