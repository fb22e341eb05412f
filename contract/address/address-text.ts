/**
 * Invisible characters: format characters (zero-width, direction, byte order, soft hyphen), control
 * characters, and letters that are drawn as nothing.
 */
const UNSEEN = String.raw`\p{Cf}\p{Cc}\u034f\u115f\u1160\u2800\u3164\uffa0`

const isAround = new RegExp(String.raw`^[\s${UNSEEN}]$`, 'u')

/** A URL without the spaces and invisible characters that copying puts around it. */
export function trimAddress(text: string): string {
  let from = 0
  let to = text.length
  // a pattern anchored at the end takes quadratic time for a long run of spaces
  while (from < to && isAround.test(text[from] ?? '')) from += 1
  while (to > from && isAround.test(text[to - 1] ?? '')) to -= 1
  return text.slice(from, to)
}

// joiners belong in Arabic and Indic writing and in emoji, but not after plain letters
const INSIDE = new RegExp(
  String.raw`(?<=[\0-\x7f])[\u200c\u200d]|(?![\t\n\r\u200c\u200d])[${UNSEEN}]`,
  'u',
)

/** The code point of the first invisible character, e.g. `U+200B`; `undefined` if there is none. */
export function invisibleIn(text: string): string | undefined {
  const found = INSIDE.exec(text)?.[0]
  if (found === undefined) return undefined
  return `U+${(found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
}

/** Decodes percent-encoding; leaves what cannot be decoded. */
export const decodePercent = (text: string) =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (encoded) => {
    try {
      return decodeURIComponent(encoded)
    } catch {
      return encoded
    }
  })
