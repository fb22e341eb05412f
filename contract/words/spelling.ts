/** A text, and the letters that occur in it, as bits. */
export type Spelling = { text: string; letters: number }
export type Word = { whole: Spelling; stem: Spelling }

// not \p{L} and \p{N}, which take milliseconds to prepare; U+2000 to U+2BFF is punctuation
const WORD = /[a-z0-9\u00c0-\u1fff\u2c00-\uffff]+/g

/** The words of a text in lower case, without accents and punctuation. */
export function tokens(text: string): string[] {
  const plain = text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
  return plain.replace(/\be-mail/g, 'email').match(WORD) ?? []
}

export function toWord(text: string): Word {
  return { whole: spelling(text), stem: spelling(stemOf(text)) }
}

/** Prepares a text to be compared with others. */
export function spelling(text: string): Spelling {
  return { text, letters: lettersOf(text) }
}

/** A rough stem, enough for "deliveries", "deleting" and "checked" to find their actions. */
export function stemOf(text: string): string {
  // news is not the plural of new
  if (text.length < 4 || text === 'news') return text
  if (text.endsWith('ies')) return `${text.slice(0, -3)}y`
  const singular = text.replace(/(ss)es$|([^s])s$/, '$1$2')
  // "cancelled" is about "cancel"
  return singular.replace(/(...)(?:e|ed|ing)$/, '$1').replace(/ll$/, 'l')
}

/** The number of slips of the finger between two texts; Infinity if more than their length allows. */
export function slipsWithin(typed: Spelling, meant: Spelling): number {
  const allowed = allowedSlips(typed.text)
  const slips = slipsBetween(typed, meant, allowed)
  return slips > allowed ? Infinity : slips
}

function allowedSlips(text: string): number {
  if (text.length >= 8) return 2
  return text.length >= 4 ? 1 : 0
}

/** The letters that occur, as bits. */
function lettersOf(text: string): number {
  let letters = 0
  for (let at = 0; at < text.length; at += 1) letters |= 1 << (text.charCodeAt(at) & 31)
  return letters
}

function countBits(bits: number): number {
  let count = 0
  for (let rest = bits; rest !== 0; rest &= rest - 1) count += 1
  return count
}

/** Infinity if there are certainly more than `allowed`; this cheap test is what makes it fast. */
function slipsBetween(typed: Spelling, meant: Spelling, allowed: number): number {
  if (Math.abs(typed.text.length - meant.text.length) > allowed) return Infinity
  // one typing error adds at most one letter and removes at most one
  if (countBits(typed.letters & ~meant.letters) > allowed) return Infinity
  if (countBits(meant.letters & ~typed.letters) > allowed) return Infinity
  return distance(typed.text, meant.text)
}

/**
 * Counts letters that are wrong, missing, extra or swapped with their neighbour: the restricted
 * Damerau-Levenshtein distance.
 */
function distance(typed: string, meant: string): number {
  let twoAbove: number[] = []
  let above = Array.from({ length: meant.length + 1 }, (_, column) => column)
  for (let line = 1; line <= typed.length; line += 1) {
    const row = [line]
    for (let column = 1; column <= meant.length; column += 1) {
      const isSame = typed[line - 1] === meant[column - 1]
      const isSwapped =
        typed[line - 1] === meant[column - 2] && typed[line - 2] === meant[column - 1]
      row[column] = Math.min(
        (above[column] ?? Infinity) + 1,
        (row[column - 1] ?? Infinity) + 1,
        (above[column - 1] ?? Infinity) + (isSame ? 0 : 1),
        isSwapped ? (twoAbove[column - 2] ?? Infinity) + 1 : Infinity,
      )
    }
    twoAbove = above
    above = row
  }
  return above[meant.length] ?? Infinity
}
