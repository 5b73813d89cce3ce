/** One line of the postal directory: what a code stands for. Several towns may share a code. */
export interface Town {
  /** Seven digits. */
  readonly code: string
  readonly prefecture: string
  readonly city: string
  /** Full-width katakana; empty where the source has none. */
  readonly cityKana: string
  /** Empty where the code stands for the rest of a city. */
  readonly town: string
  readonly townKana: string
  /** 番地 and name of a firm or office with a code of its own (大口事業所個別番号); empty for all others. */
  readonly street: string
  readonly office: string
}

/** Towns that are not towns: notes of the directory for the people who sort letters. */
const NOTES = [
  /^以下に掲載がない場合$/u,
  /の次に.*場合$/u,
  // 「○○村一円」 is the whole village; the town 一円 (滋賀県多賀町) has nothing before it.
  /.一円$/u,
]

/**
 * The part of a directory's town that belongs into an address. Notes go, and so do remarks in brackets
 * (「大通西（１〜１９丁目）」); brackets within a building's name stay.
 */
export function townOf(text: string): string {
  const plain = text.replace(/[（(][^（()）]*[）)]?$/u, '').replace(/第?[０-９0-9]+地割.*$/u, '')
  return NOTES.some((note) => note.test(plain)) ? '' : plain
}

/** Half-width kana of the old directory as full-width ones, without the remarks in brackets. */
export const kanaOf = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[（(].*$/u, '')
    .replace(/^イカニケイサイガナイバアイ$/u, '')
