/** What stands for something else in a pattern of names, and for what. */
export type NameParts = {
  action: string
  location: string
  /** Of the action, as the API numbers it. */
  number: string
  /** Of the action, as the API spells it. */
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

/** The name that a pattern makes. What is no placeholder of ours stays as it is written. */
export function fillPattern(pattern: string, parts: NameParts): string {
  return pattern
    .replace(PLACEHOLDER, (written, word: string) => (isKnown(word) ? parts[word] : written))
    .trim()
}

/** The placeholders that mean nothing, as the person wrote them; each once. */
export function unknownPlaceholders(pattern: string): string[] {
  const words = [...pattern.matchAll(PLACEHOLDER)].flatMap(([written, word = '']) =>
    isKnown(word) ? [] : written,
  )
  return [...new Set(words)]
}

/** A name that tells its location tells the new one; any other stays. */
export function moveName(name: string, from: string, to: string): string {
  return from ? name.replaceAll(from, () => to) : name
}
