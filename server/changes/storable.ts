/** The database refuses a NUL and half a character; a history that cannot be written is worse. */
export function storable(value: unknown): unknown {
  if (typeof value !== 'string') return value
  return Buffer.from(value.replaceAll('\0', '␀')).toString()
}
