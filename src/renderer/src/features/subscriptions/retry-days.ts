import { readWhole } from '../../ui/whole-number'

/** 1, 3, 5, 7 as it is shown. */
export const writeDays = (days: readonly number[]): string => days.join(', ')

/** Days by keys of any width, parted by commas or spaces; empty: none. What is no number is no day at all. */
export const readDays = (typed: string): (number | null)[] =>
  typed
    .split(/[\s,、，・]+/u)
    .filter((part) => part !== '')
    .map((part) => readWhole(part.replace(/^[+＋]/u, '')) ?? null)
