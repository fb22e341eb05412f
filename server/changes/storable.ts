/** The database refuses a NUL and half a character; a history that cannot be written is worse. */
export const storableText = (text: string) => Buffer.from(text.replaceAll('\0', '␀')).toString()

export const storable = (value: unknown): unknown =>
  typeof value === 'string' ? storableText(value) : value

export const allStorable = (version: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(version).map(([name, value]) => [name, storable(value)]))
