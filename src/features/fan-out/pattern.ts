/** Placeholders in a pattern of names, and their values. */
export type NameParts = {
  action: string
  location: string
  /** The action's number in the API. */
  number: string
  /** The action's spelling in the API. */
  name: string
}

export const DEFAULT_PATTERN = '{action} – {location}'

const PLACEHOLDER = /\{([^{}]*)\}/g
const KNOWN: ReadonlySet<string> = new Set<keyof NameParts>([
  'action',
  'location',
  'number',
  'name',
])
const isKnown = (word: string): word is keyof NameParts => KNOWN.has(word)

/** Fills in a pattern. Unknown placeholders stay as written. */
export function fillPattern(pattern: string, parts: NameParts): string {
  return pattern
    .replace(PLACEHOLDER, (written, word: string) => (isKnown(word) ? parts[word] : written))
    .trim()
}

/** The unknown placeholders, as the person wrote them, each once. */
export function unknownPlaceholders(pattern: string): string[] {
  const words = [...pattern.matchAll(PLACEHOLDER)].flatMap(([written, word = '']) =>
    isKnown(word) ? [] : written,
  )
  return [...new Set(words)]
}

/** Replaces the old location in a name by the new one; other names stay the same. */
export function moveName(name: string, from: string, to: string): string {
  return from ? name.replaceAll(from, () => to) : name
}
