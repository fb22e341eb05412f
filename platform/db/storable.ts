/**
 * Replaces what the database refuses, a NUL and half a character: a history entry that cannot be
 * written would be worse.
 */
export const storableText = (text: string) => Buffer.from(text.replaceAll('\0', '␀')).toString()

function storableIn(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  if (Array.isArray(value)) return value.map(storableIn)
  return typeof value === 'object' && value !== null ? allStorable(value) : value
}

/** Applies `storableText` to every text in a value, at any depth. */
export const storable = <Value>(value: Value): Value =>
  // `storableIn` maps texts to texts and leaves everything else as it is
  storableIn(value) as Value

export const allStorable = (version: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(version).map(([name, value]) => [name, storableIn(value)]))
