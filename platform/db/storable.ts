/** The database refuses a NUL and half a character; a history that cannot be written is worse. */
export const storableText = (text: string) => Buffer.from(text.replaceAll('\0', '␀')).toString()

function storableIn(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  if (Array.isArray(value)) return value.map(storableIn)
  return typeof value === 'object' && value !== null ? allStorable(value) : value
}

/** A value with every text in it that way, however deep it lies. */
export const storable = <Value>(value: Value): Value =>
  // texts become texts, and nothing else changes
  storableIn(value) as Value

export const allStorable = (version: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(version).map(([name, value]) => [name, storableIn(value)]))
