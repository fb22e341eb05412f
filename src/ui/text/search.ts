import { fold } from './fold.ts'

// ASCII only: Unicode properties take several times as long per letter
const NO_LETTERS = /[\0-/:-`{-\x7f]+/

/** Shorter words are one error from too many others. */
const SHORTEST_MISTYPED = 4

/**
 * Makes a search: an item matches if its text contains every typed word, without case and accents.
 * A word that no item contains is treated as a typing error. Prepared texts are kept as long as the
 * items and the list, so that a key press only compares.
 */
export function createSearch<Item extends object>(textOf: (item: Item) => string) {
  const texts = new WeakMap<Item, string>()
  const wordLists = new WeakMap<readonly Item[], ReadonlySet<string>>()

  function foldedText(item: Item): string {
    const known = texts.get(item)
    if (known !== undefined) return known
    const text = fold(textOf(item))
    texts.set(item, text)
    return text
  }

  function wordsOf(items: readonly Item[]): ReadonlySet<string> {
    const known = wordLists.get(items)
    if (known) return known
    const words = new Set<string>()
    for (const item of items) {
      for (const word of foldedText(item).split(NO_LETTERS)) words.add(word)
    }
    wordLists.set(items, words)
    return words
  }

  /** The words that a typed word may stand for. */
  function readingsOf(word: string, items: readonly Item[]): readonly string[] {
    const isMistypable = word.length >= SHORTEST_MISTYPED && /^\p{L}+$/u.test(word)
    if (!isMistypable || items.some((item) => foldedText(item).includes(word))) return [word]
    return [...wordsOf(items)].filter((other) => isOneErrorFrom(word, other))
  }

  return function matcher(items: readonly Item[], typed: string): (item: Item) => boolean {
    const words = fold(typed).split(/\s+/).filter(Boolean)
    const readings = words.map((word) => readingsOf(word, items))
    return (item) => {
      const text = foldedText(item)
      return readings.every((any) => any.some((word) => text.includes(word)))
    }
  }
}

/**
 * True if a word begins as the typed one does, with at most one letter extra, missing, wrong or
 * swapped.
 */
export function isOneErrorFrom(typed: string, word: string): boolean {
  let at = 0
  while (at < typed.length && typed[at] === word[at]) at += 1
  if (at === typed.length) return true
  const isSwapped = typed[at] === word[at + 1] && typed[at + 1] === word[at]
  return (
    word.startsWith(typed.slice(at + 1), at + 1) ||
    word.startsWith(typed.slice(at + 1), at) ||
    word.startsWith(typed.slice(at), at + 1) ||
    (isSwapped && word.startsWith(typed.slice(at + 2), at + 2))
  )
}
